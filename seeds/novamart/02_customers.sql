-- 300,000 customers were there before October 2024; the others sign up with their first order.
CREATE TABLE people AS
WITH numbered AS (
  SELECT CAST(range AS INTEGER) AS customer_no, mix(range) AS h1
  FROM range(1, 300001 + (SELECT CAST(sum(firsts) AS BIGINT) FROM cells))
), hashed AS (
  SELECT *, remix(h1) AS h2 FROM numbered
), placed AS (
  SELECT *,
         CASE WHEN pick(h1, 100000) < 96800 THEN 0 WHEN pick(h1, 100000) < 98700 THEN 1
              WHEN pick(h1, 100000) < 99500 THEN 2 WHEN pick(h1, 100000) < 99800 THEN 3
              ELSE 4 + pick(h2, 12) END AS currency_no,
         pick(remix(h2), 100) AS region_pick,
         pick(remix(remix(h2)), 100) AS segment_pick,
         pick(remix(remix(remix(h2))), 100) AS acquisition_pick
  FROM hashed
)
SELECT p.customer_no, c.currency,
       CASE WHEN c.currency = 'USD' THEN
              CASE WHEN region_pick < 24 THEN 'US West' WHEN region_pick < 54 THEN 'US South'
                   WHEN region_pick < 72 THEN 'US Midwest' ELSE 'US Northeast' END
            WHEN c.currency = 'CAD' THEN 'Canada'
            WHEN c.currency = 'GBP' THEN 'United Kingdom'
            WHEN c.currency IN ('AUD', 'NZD', 'SGD', 'HKD') THEN 'Asia Pacific'
            WHEN c.currency IN ('MXN', 'BRL') THEN 'Latin America'
            ELSE 'Europe' END AS geography,
       CASE WHEN segment_pick < 8 THEN 'vip' WHEN segment_pick < 35 THEN 'loyal'
            WHEN segment_pick < 80 THEN 'regular' ELSE 'occasional' END AS segment,
       CASE WHEN acquisition_pick < 34 THEN 'google_ads' WHEN acquisition_pick < 58 THEN 'organic'
            WHEN acquisition_pick < 74 THEN 'email' WHEN acquisition_pick < 88 THEN 'social'
            ELSE 'referral' END AS acquisition_channel
FROM placed p
JOIN currencies c USING (currency_no);

CREATE TABLE products AS
SELECT CAST(row_number() OVER (ORDER BY product_category, product) AS INTEGER) AS product_no, *
FROM (VALUES
  ('Wireless Buds', 'electronics', 7900, 40), ('Smart Watch', 'electronics', 14900, 18),
  ('Phone Case', 'electronics', 2400, 34), ('Portable Charger', 'electronics', 3900, 30),
  ('Bluetooth Speaker', 'electronics', 8900, 16), ('Laptop Stand', 'electronics', 5400, 14),
  ('Cotton T-Shirt', 'apparel', 2200, 62), ('Denim Jacket', 'apparel', 8400, 18),
  ('Running Shorts', 'apparel', 3200, 30), ('Wool Sweater', 'apparel', 7200, 22),
  ('Rain Jacket', 'apparel', 9600, 14), ('Crew Socks', 'apparel', 1400, 40),
  ('Water Bottle', 'sports', 2800, 52), ('Resistance Bands', 'sports', 2600, 40),
  ('Yoga Mat', 'sports', 4200, 30), ('Dumbbell Set', 'sports', 9900, 14), ('Trail Shoes', 'sports', 11800, 18),
  ('Camping Lantern', 'sports', 3600, 12),
  ('Vitamin C Serum', 'beauty', 3400, 46), ('Face Cream', 'beauty', 4100, 30), ('Shampoo Bar', 'beauty', 1600, 34),
  ('Lip Balm', 'beauty', 900, 30), ('Hair Dryer', 'beauty', 7800, 12),
  ('Ceramic Mug', 'home', 1800, 38), ('Bed Linen', 'home', 9200, 16), ('Table Lamp', 'home', 5900, 18),
  ('Cast Iron Pan', 'home', 5200, 20), ('Storage Basket', 'home', 2900, 26), ('Scented Candle', 'home', 2300, 34),
  ('Building Blocks', 'toys', 4900, 26), ('Board Game', 'toys', 3800, 24), ('Plush Bear', 'toys', 2600, 22),
  ('Puzzle 1000', 'toys', 2100, 20),
  ('Coffee Beans', 'grocery', 1900, 40), ('Green Tea', 'grocery', 1300, 24), ('Olive Oil', 'grocery', 2500, 20),
  ('Protein Bars', 'grocery', 2700, 26)
) AS p(product, product_category, base_cents, popularity);

-- One slot per point of popularity: a product is drawn by an equality join.
CREATE TABLE product_slots AS
WITH running AS (
  SELECT *, sum(popularity) OVER (ORDER BY product_no) AS upto FROM products
)
SELECT CAST(s.range AS INTEGER) AS slot, product_no, product, product_category, base_cents
FROM running, range(0, (SELECT CAST(sum(popularity) AS BIGINT) FROM products)) AS s
WHERE s.range >= upto - popularity AND s.range < upto;
