-- What: Whether a text names a household's room: building and room together, as 3棟2單元501室, 3-2-501 or Block 3 Flat 12A.
-- Args: text
-- Spec: §13 public figures
regexp_matches(
    translate(text, '０１２３４５６７８９－　', '0123456789- '),
    '([0-9]{1,3}|[A-Za-z]|[甲乙丙丁]|[一二三四五六七八九十]{1,3}) ?(號樓|号楼|棟|栋|幢|座|樓|楼|#) ?[-、,，]? ?(([0-9]{1,2}|[甲乙丙丁A-Za-z]|[一二三四五六七八九十]{1,2}) ?(單元|单元|梯|門|门) ?[-、,，]? ?)?(([0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?(樓|楼|層|层|/?F) ?)?([A-Za-z]?[0-9]{1,4}[A-Za-z]? ?(號房|号房|室|房|戶|户)|[A-Za-z] ?(室|房|單位|单位))'
        || '|([0-9]{1,3}|[A-Za-z]) ?(號樓|号楼|棟|栋|幢|座|樓|楼|#) ?([0-9]{1,2}|[甲乙丙丁A-Za-z]) ?(單元|单元|梯|門|门) ?[0-9]{3,4}'
        || '|\b[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}\b'
        || '|(?i:block|blk|tower|building|house) ?[A-Za-z0-9]{1,3}[,， ]+([0-9]{1,2}(/F|th floor)[,， ]+)?(?i:flat|unit|room|rm|apt) ?[A-Za-z]?[0-9]+[A-Za-z]?\b'
        || '|(?i:flat|unit|room|rm|apt) ?[A-Za-z]?[0-9]+[A-Za-z]?[,， ]+([0-9]{1,2}(/F|th floor)[,， ]+)?(?i:block|blk|tower|building|house) ?[A-Za-z0-9]{1,3}\b'
)
