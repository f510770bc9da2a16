-- What: A number that tells whether the members of two groups say the same; codes count as text. The inner hash takes its last column in by exclusive or, as the outer sum does
--       its rows: without a hash between, two members that change places there would go unseen.
-- Args: id, zone, category, counted_on, hit, hits, value, weight
-- Spec: §14 restatements, because
bit_xor(hash(hash(id, zone::varchar, category::varchar, counted_on, hit, hits, value, weight)))
