-- Prices in integer cents, so that each month's GMV is its target to the cent under the definition of the catalog:
-- USD orders at their price, others times the day's rate of four decimals.
CREATE TABLE month_scales AS
SELECT b.month_no, m.gmv_cents, CAST(CAST(m.gmv_cents AS HUGEINT) * 1000000 // sum(b.weight) AS BIGINT) AS scale
FROM baskets b
JOIN months m USING (month_no)
WHERE b.is_valid
GROUP BY b.month_no, m.gmv_cents;

CREATE TABLE foreign_orders AS
SELECT b.order_no, b.month_no, b.is_valid, b.currency, r.rate4,
       greatest(b.weight * s.scale // (100 * r.rate4), 50) AS cents
FROM baskets b
JOIN month_scales s USING (month_no)
JOIN rates r ON r.currency = b.currency AND r.rate_date = b.day
WHERE b.currency <> 'USD';

-- The sum of foreign orders in units of 0.000001 USD must end in four zeros to be whole cents. One order a month, at
-- a rate that shares no factor with 10, gets the cents that make it so.
CREATE TABLE roundings AS
WITH sums AS (
  SELECT month_no, CAST(sum(cents * rate4) AS BIGINT) AS millionths FROM foreign_orders WHERE is_valid GROUP BY month_no
), carriers AS (
  SELECT month_no, min(order_no) AS order_no
  FROM foreign_orders
  WHERE is_valid AND currency IN ('CAD', 'GBP', 'EUR') AND rate4 % 2 = 1 AND rate4 % 5 <> 0
  GROUP BY month_no
)
SELECT f.month_no, f.order_no, min(d.range) AS cents
FROM carriers
JOIN foreign_orders f USING (month_no, order_no)
JOIN sums s USING (month_no), range(0, 10000) AS d
WHERE (s.millionths + d.range * f.rate4) % 10000 = 0
GROUP BY f.month_no, f.order_no;

CREATE TABLE usd_scales AS
WITH foreign_cents AS (
  SELECT f.month_no, CAST(sum((f.cents + coalesce(r.cents, 0)) * f.rate4) // 10000 AS BIGINT) AS cents
  FROM foreign_orders f
  LEFT JOIN roundings r USING (month_no, order_no)
  WHERE f.is_valid
  GROUP BY f.month_no
), weights AS (
  SELECT month_no, CAST(sum(weight) AS BIGINT) AS weight, min(order_no) FILTER (weight > 20000) AS carrier
  FROM baskets WHERE is_valid AND currency = 'USD' GROUP BY month_no
)
SELECT m.month_no, m.gmv_cents - f.cents AS target,
       CAST(CAST(m.gmv_cents - f.cents AS HUGEINT) * 1000000000 // w.weight AS BIGINT) AS scale, w.carrier
FROM months m
JOIN foreign_cents f USING (month_no)
JOIN weights w USING (month_no);

-- What rounding each USD price to a cent leaves over goes to one large order of the month.
CREATE TABLE leftovers AS
SELECT u.month_no, u.carrier AS order_no,
       u.target - CAST(sum((b.weight * u.scale + 500000000) // 1000000000) AS BIGINT) AS cents
FROM baskets b
JOIN usd_scales u USING (month_no)
WHERE b.is_valid AND b.currency = 'USD'
GROUP BY u.month_no, u.carrier, u.target;

CREATE TABLE adjustments AS
SELECT order_no, cents FROM roundings UNION ALL SELECT order_no, cents FROM leftovers;

CREATE TABLE orders AS
WITH priced AS (
  SELECT b.*, coalesce(f.rate4, 10000) AS rate4,
         coalesce(f.cents, (b.weight * u.scale + 500000000) // 1000000000) + coalesce(a.cents, 0) AS cents
  FROM baskets b
  JOIN usd_scales u USING (month_no)
  LEFT JOIN foreign_orders f USING (order_no)
  LEFT JOIN adjustments a USING (order_no)
), refunded AS (
  SELECT *, CASE WHEN refunded_at IS NOT NULL THEN cents * refund_percent // 100 ELSE 0 END AS refund_cents FROM priced
)
SELECT order_no, month_no, day, order_date, is_valid, is_first, customer_no, currency, segment, geography, product_no,
       channel, refunded_at, refund_percent, refund_size_pick,
       CAST(cents AS INTEGER) AS cents,
       CAST(rate4 AS INTEGER) AS rate4,
       CAST(refund_cents AS INTEGER) AS refund_cents,
       -- US cents, half up.
       CAST((refund_cents * rate4 + 5000) // 10000 AS INTEGER) AS refund_cents_usd,
       CAST((cents * rate4 * discount_percent + 500000) // 1000000 AS INTEGER) AS discount_cents_usd,
       CASE WHEN is_valid THEN
              CASE WHEN refunded_at IS NULL THEN 'paid' WHEN refund_percent >= 80 THEN 'refunded'
                   ELSE 'partially_refunded' END
            WHEN refund_size_pick < CASE WHEN day >= DATE '2025-12-24' THEN 700 ELSE 60 END THEN 'pending'
            ELSE 'voided' END AS financial_status
FROM refunded
ORDER BY order_no;

DROP TABLE baskets;
DROP TABLE foreign_orders;
