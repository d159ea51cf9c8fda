CREATE TABLE shopify.orders AS
SELECT 5400000000 + o.order_no AS order_id,
       'cus_' || lpad(CAST(o.customer_no AS VARCHAR), 7, '0') AS customer_id,
       o.order_date,
       CAST(o.cents * 0.01 AS DECIMAL(12, 2)) AS total_price,
       o.currency,
       o.financial_status,
       CASE WHEN o.discount_cents_usd > 0 THEN CAST(o.discount_cents_usd * 0.01 AS DECIMAL(12, 2)) END
         AS discount_amount_usd,
       o.channel,
       o.segment AS customer_segment,
       p.product_category,
       p.product,
       o.geography,
       coalesce(o.refunded_at, o.order_date + to_seconds(60 + o.refund_size_pick)) AS updated_at
FROM orders o
JOIN products p USING (product_no);

CREATE TABLE shopify.refunds AS
SELECT 880000000 + order_no AS refund_id,
       5400000000 + order_no AS order_id,
       refunded_at AS created_at,
       CAST(refund_cents * 0.01 AS DECIMAL(12, 2)) AS amount,
       currency,
       CASE refund_size_pick % 4 WHEN 0 THEN 'damaged' WHEN 1 THEN 'wrong size' WHEN 2 THEN 'changed mind' ELSE 'late' END
         AS note
FROM orders
WHERE refunded_at IS NOT NULL;

CREATE TABLE signups AS
WITH firsts AS (
  SELECT customer_no, order_date FROM orders WHERE is_first
)
SELECT p.*, 'cus_' || lpad(CAST(p.customer_no AS VARCHAR), 7, '0') AS customer_id,
       coalesce(f.order_date,
                TIMESTAMP '2021-03-01 12:00:00' + to_days(CAST(CAST(p.customer_no AS BIGINT) * 1309 // 300000 AS INTEGER))
                + to_seconds(pick(mix(p.customer_no + 5000000), 36000))) AS first_purchase_at
FROM people p
LEFT JOIN firsts f USING (customer_no);

CREATE TABLE shopify.customers AS
SELECT customer_id,
       'customer-' || customer_no || '@shop.example' AS email,
       CAST(first_purchase_at AS DATE) AS signup_date,
       first_purchase_at,
       currency AS preferred_currency,
       geography
FROM signups;
