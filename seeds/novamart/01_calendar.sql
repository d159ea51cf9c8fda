-- Working tables live in the builder's memory; only what is created in a catalog reaches a file.

-- A 32-bit integer hash (lowbias32) in plain arithmetic: it gives the same numbers in every engine version.
-- `xor`, `>>` and `*` stay inside 64 bits because every stage is masked to 32.
CREATE MACRO mix_a(x) AS (xor(x, x >> 16) * 2146121005) & 4294967295;
CREATE MACRO mix_b(x) AS (xor(x, x >> 15) * 2221713035) & 4294967295;
CREATE MACRO mix_c(x) AS xor(x, x >> 16);
CREATE MACRO mix(x) AS mix_c(mix_b(mix_a(CAST(x AS UBIGINT))));
-- The next independent hash of a hash.
CREATE MACRO remix(h) AS mix((h + 2654435769) & 4294967295);
-- A uniform integer in [0, n) from a hash.
CREATE MACRO pick(h, n) AS CAST((CAST(h AS UBIGINT) * CAST(n AS UBIGINT)) >> 32 AS INTEGER);

-- What each month must come to: GMV in cents and valid orders.
CREATE TABLE months AS
SELECT CAST(row_number() OVER (ORDER BY month) AS INTEGER) AS month_no, month, gmv_cents, valid_orders
FROM (VALUES
  (DATE '2024-10-01', 1283478637, 192626),
  (DATE '2024-11-01', 1507926847, 220374),
  (DATE '2024-12-01', 1904446524, 275114),
  (DATE '2025-01-01',  891264015, 136002),
  (DATE '2025-02-01',  868421560, 133532),
  (DATE '2025-03-01',  928733148, 140862),
  (DATE '2025-04-01',  951887293, 143290),
  (DATE '2025-05-01',  989410627, 148270),
  (DATE '2025-06-01',  970355881, 146510),
  (DATE '2025-07-01',  982146736, 148514),
  (DATE '2025-08-01', 1059321474, 158510),
  (DATE '2025-09-01', 1193645887, 177901),
  (DATE '2025-10-01', 1523489142, 227287),
  (DATE '2025-11-01', 1847210387, 268782),
  (DATE '2025-12-01', 2289144723, 329738)
) AS m(month, gmv_cents, valid_orders);

CREATE TABLE weekdays AS
SELECT * FROM (VALUES (1, 960), (2, 945), (3, 955), (4, 990), (5, 1050), (6, 1085), (7, 1015)) AS w(weekday, permille);

-- Days around Black Friday, as permille of an ordinary day of that week; day 5 is the Wednesday after.
CREATE TABLE black_fridays AS
SELECT bf.day + e.days AS day, e.permille
FROM (VALUES (DATE '2024-11-29'), (DATE '2025-11-28')) AS bf(day),
     (VALUES (-1, 1050), (0, 1300), (1, 1120), (2, 1120), (3, 1200), (5, 720), (7, 1200), (8, 1060), (9, 1060),
             (10, 1140), (14, 1120), (15, 1030), (17, 1080), (21, 1060), (24, 1030)) AS e(days, permille);

-- A day's level runs in straight lines from mid-month to mid-month, so that no month begins with a step.
CREATE TABLE day_weights AS
WITH levels AS (
  SELECT month_no, month, valid_orders, CAST(last_day(month) - month + 1 AS BIGINT) AS days,
         (valid_orders * 1000) // CAST(last_day(month) - month + 1 AS BIGINT) AS level
  FROM months
), neighbours AS (
  SELECT *, coalesce(lag(level) OVER (ORDER BY month_no), level) AS before,
         coalesce(lead(level) OVER (ORDER BY month_no), level) AS after
  FROM levels
), days AS (
  SELECT n.*, CAST(CAST(n.month AS DATE) + CAST(d.k AS INTEGER) AS DATE) AS day, d.k
  FROM neighbours n, range(0, 31) AS d(k)
  WHERE d.k < n.days
), shaped AS (
  SELECT month_no, day, valid_orders,
         CASE WHEN 2 * k < days
              THEN (level * (2 * k + days) + before * (days - 2 * k)) // (2 * days)
              ELSE (level * (3 * days - 2 * k) + after * (2 * k - days)) // (2 * days) END AS level
  FROM days
)
SELECT s.month_no, s.day, s.valid_orders,
       s.level * w.permille // 1000 * coalesce(b.permille, 1000) // 1000
         * (992 + pick(mix(epoch(s.day) // 86400), 17)) // 1000 AS weight
FROM shaped s
JOIN weekdays w ON w.weekday = isodow(s.day)
LEFT JOIN black_fridays b ON b.day = s.day;

CREATE TABLE days AS
WITH running AS (
  SELECT *, sum(weight) OVER (PARTITION BY month_no ORDER BY day) AS upto,
         sum(weight) OVER (PARTITION BY month_no) AS total
  FROM day_weights
)
SELECT CAST(row_number() OVER (ORDER BY day) AS INTEGER) AS day_no, month_no, day,
       CAST(valid_orders * upto // total - valid_orders * (upto - weight) // total AS BIGINT) AS valid_orders
FROM running;

-- The rhythm of a day in UTC: quiet in the American night, two peaks in the American day.
CREATE TABLE hours AS
SELECT hour, permille, sum(permille) OVER (ORDER BY hour) AS upto, sum(permille) OVER () AS total
FROM (VALUES (0, 58), (1, 60), (2, 55), (3, 45), (4, 33), (5, 23), (6, 16), (7, 12), (8, 11), (9, 12), (10, 16),
             (11, 23), (12, 31), (13, 40), (14, 48), (15, 54), (16, 59), (17, 61), (18, 60), (19, 57), (20, 55),
             (21, 55), (22, 57), (23, 59)) AS h(hour, permille);

-- One row per hour of the world: how many orders it has, how many of them came to nothing (voided, pending) and
-- how many are the first of their customer; with the numbers that went before, so that orders number through.
CREATE TABLE cells AS
WITH valid AS (
  SELECT d.day_no, d.month_no, d.day, h.hour, d.day + to_hours(h.hour) AS begins,
         CAST(d.valid_orders * h.upto // h.total - d.valid_orders * (h.upto - h.permille) // h.total AS BIGINT) AS valid
  FROM days d, hours h
), running AS (
  SELECT *, CAST(sum(valid) OVER (ORDER BY begins) AS BIGINT) AS upto FROM valid
), counted AS (
  SELECT *, upto * 36 // 1000 - (upto - valid) * 36 // 1000 AS invalid,
         upto * 832 // 10000 - (upto - valid) * 832 // 10000 AS firsts
  FROM running
)
SELECT CAST(row_number() OVER (ORDER BY begins) AS INTEGER) AS cell_no, month_no, day, hour, begins,
       valid + invalid AS orders, invalid, firsts,
       CAST(sum(valid + invalid) OVER (ORDER BY begins) AS BIGINT) - valid - invalid AS orders_before,
       CAST(sum(firsts) OVER (ORDER BY begins) AS BIGINT) - firsts AS firsts_before,
       CAST(coalesce(sum(firsts) OVER (ORDER BY day RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING), 0)
            AS BIGINT) AS firsts_before_day
FROM counted;

CREATE TABLE currencies AS
SELECT * FROM (VALUES
  ('USD', 10000, 0), ('CAD', 7270, 1), ('GBP', 12870, 2), ('EUR', 10930, 3), ('AUD', 6530, 4), ('NZD', 5910, 5),
  ('CHF', 11520, 6), ('SEK', 970, 7), ('NOK', 930, 8), ('DKK', 1470, 9), ('SGD', 7490, 10), ('HKD', 1280, 11),
  ('MXN', 520, 12), ('BRL', 1790, 13), ('PLN', 2560, 14), ('CZK', 440, 15)
) AS c(currency, base_rate, currency_no);

-- Rates in ten-thousandths: two slow triangle waves and a little noise around each currency's base.
CREATE TABLE rates AS
SELECT c.currency, d.day AS rate_date,
       CASE WHEN c.currency = 'USD' THEN 10000
            ELSE c.base_rate * (10000
              + abs((d.day_no * 3 + c.currency_no * 41) % 400 - 200) - 100
              + abs((d.day_no * 11 + c.currency_no * 67) % 240 - 120) // 2 - 30
              + pick(mix(d.day_no * 64 + c.currency_no + 700000), 31) - 15) // 10000
       END AS rate4
FROM days d, currencies c;

CREATE SCHEMA analytics.reference;
CREATE TABLE analytics.reference.exchange_rates (
  currency VARCHAR NOT NULL,
  rate_date DATE NOT NULL,
  rate_to_usd DECIMAL(6, 4) NOT NULL,
  PRIMARY KEY (currency, rate_date)
);
INSERT INTO analytics.reference.exchange_rates
SELECT currency, rate_date, CAST(CAST(rate4 AS INTEGER) * 0.0001 AS DECIMAL(6, 4)) FROM rates ORDER BY currency, rate_date;
