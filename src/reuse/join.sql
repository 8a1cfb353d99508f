-- Candidate pairs of clauses, in SQL that DuckDB and Spark SQL both read.
--
-- Reads   clauses(id, key), as `duikan export clauses` writes them.
-- Gives   a row a, b for each pair of ids, and one row that counts: clauses, and formulae (grams that were passed over).
--         Save the rows as JSON lines and build with `duikan build --pairs DIR`.
--
-- The rule is that of src/reuse/candidate.rs, word for word; each pair is looked at closely afterwards.
with digit(d) as (
  values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15)
),
place(i) as (
  select x.d * 16 + y.d + 1 from digit x cross join digit y
),
sized as (
  select id, key, length(key) as size from clauses where length(key) >= 8
),
gram as (
  select distinct c.id, c.size, substr(c.key, p.i, 4) as gram from sized c join place p on p.i <= c.size - 3
),
counted as (
  select id, size, gram, count(*) over (partition by gram) as clauses from gram
),
telling as (
  select id, size, gram, clauses from counted where clauses between 2 and 24
),
pair as (
  select x.id as a, y.id as b, least(x.size, y.size) as shorter, greatest(x.size, y.size) as longer,
    sum(case when x.clauses <= 4 then 2 else 1 end) as weight
  from telling x join telling y on x.gram = y.gram and x.id < y.id
  group by x.id, y.id, x.size, y.size
),
likely as (
  select a, b, weight from pair
  where shorter * 4 >= longer and weight >= case when shorter > 16 then 4 when shorter > 11 then 3 else 2 end
),
ranked as (
  select a, b, row_number() over (partition by a order by weight desc, b) as place from likely
)
select a, b, cast(null as bigint) as clauses, cast(null as bigint) as formulae from ranked where place <= 32
union all
select null, null, (select count(*) from clauses), (select count(distinct gram) from counted where clauses > 24)
