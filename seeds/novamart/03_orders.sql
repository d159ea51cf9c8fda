-- Every order of the world. `place` is a permutation of the orders of one hour (1000003 is a prime larger than any
-- hour's orders): the first places are the orders that came to nothing, the next ones are their customer's first,
-- so that both are exact in number and scattered in time.
CREATE TABLE drafts AS
WITH numbered AS (
  SELECT cell_no, orders, orders_before, unnest(range(orders)) AS i FROM cells
)
SELECT CAST(orders_before + i + 1 AS INTEGER) AS order_no, cell_no, i,
       CAST((i * 1000003 + cell_no * 7919) % orders AS INTEGER) AS place
FROM numbered;

CREATE TABLE baskets AS
WITH h1 AS (SELECT *, mix(order_no) AS h1 FROM drafts),
     h2 AS (SELECT *, remix(h1) AS h2 FROM h1),
     h3 AS (SELECT *, remix(h2) AS h3 FROM h2),
     h4 AS (SELECT *, remix(h3) AS h4 FROM h3),
     h5 AS (SELECT *, remix(h4) AS h5 FROM h4),
     h6 AS (SELECT *, remix(h5) AS h6 FROM h5),
drawn AS (
  SELECT o.order_no, c.month_no, c.day,
         c.begins + to_seconds(((o.i * 1000 + pick(o.h1, 1000)) * 3600) // (c.orders * 1000)) AS order_date,
         o.place >= c.invalid AS is_valid,
         CASE WHEN o.place >= c.invalid AND o.place < c.invalid + c.firsts
              THEN CAST(300001 + c.firsts_before + o.place - c.invalid AS INTEGER)
              ELSE 1 + pick(o.h2, 300000 + c.firsts_before_day) END AS customer_no,
         o.place >= c.invalid AND o.place < c.invalid + c.firsts AS is_first,
         pick(o.h3, 1010) AS slot,
         o.h3 % 100 AS quantity_pick,
         pick(o.h4, 31) AS price_pick,
         CAST(o.h4 % 1000 AS SMALLINT) AS channel_pick,
         CAST(o.h5 % 1000 AS SMALLINT) AS discount_pick,
         pick(o.h5, 100000) AS refund_pick,
         CAST(o.h6 % 1000 AS SMALLINT) AS refund_size_pick,
         pick(o.h6, 20 * 86400) AS refund_lag_seconds
  FROM h6 o
  JOIN cells c USING (cell_no)
)
SELECT d.order_no, d.month_no, d.day, d.order_date, d.is_valid, d.is_first, d.customer_no,
       p.currency, p.segment, p.geography, s.product_no,
       CAST(CAST(s.base_cents AS BIGINT)
            * CASE WHEN quantity_pick < 64 THEN 1 WHEN quantity_pick < 88 THEN 2 WHEN quantity_pick < 96 THEN 3 ELSE 4 END
            * (85 + price_pick)
            * CASE p.segment WHEN 'vip' THEN 135 WHEN 'loyal' THEN 105 ELSE 96 END // 10000 AS BIGINT) AS weight,
       CASE WHEN channel_pick < 610 THEN 'web' WHEN channel_pick < 890 THEN 'mobile' ELSE 'store' END AS channel,
       CASE WHEN discount_pick < 90 THEN 5 WHEN discount_pick < 160 THEN 10 WHEN discount_pick < 175 THEN 12 ELSE 0 END
         AS discount_percent,
       CASE WHEN refund_size_pick < 450 THEN 80 + refund_size_pick % 8 ELSE 5 + refund_size_pick % 75 END
         AS refund_percent,
       -- A refund comes days after its order, and what has not come by the end of the world has not come.
       CASE WHEN d.is_valid AND refund_pick < 3210
              AND d.order_date + to_seconds(86400 + refund_lag_seconds) < TIMESTAMP '2026-01-01'
            THEN d.order_date + to_seconds(86400 + refund_lag_seconds) END AS refunded_at,
       refund_size_pick
FROM drawn d
JOIN people p USING (customer_no)
JOIN product_slots s USING (slot);

DROP TABLE drafts;
