-- What: The numbers of a text that could be a telephone's or an identity card's: seven digits and more, whatever parts them. Dates, years from and to, and opening hours are none.
-- Args: text
-- Spec: §13 public figures
list_transform(
    regexp_extract_all(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    translate(text, '０１２３４５６７８９（）－．　', '0123456789()-. '),
                    '(19|20)[0-9]{2}[-./](0?[1-9]|1[0-2])[-./](3[01]|[12][0-9]|0?[1-9])([^0-9]|$)', '~', 'g'
                ),
                '(19|20)[0-9]{2}[-–—至到](19|20)[0-9]{2}([^0-9]|$)', '~', 'g'
            ),
            '[0-9]{1,2}[.:：][0-5][0-9] ?[-–—至到] ?[0-9]{1,2}[.:：][0-5][0-9]([^0-9]|$)', '~', 'g'
        ),
        '[0-9]([-–—\s.·()/+_*]{0,3}[0-9]){6,}[Xx]?|[A-Za-z]{1,2}[0-9]{6}[(]?[0-9Aa][)]?'
    ),
    lambda number: lower(regexp_replace(number, '[^0-9A-Za-z]', '', 'g'))
)
