CREATE SCHEMA stripe.public;
CREATE MACRO hex8(h) AS lpad(lower(to_hex(h)), 8, '0');

CREATE TABLE stripe.public.charges AS
WITH settled AS (
  SELECT *, mix(order_no + 40000000) AS h FROM orders
)
SELECT 'ch_' || hex8(remix(h)) || hex8(h) AS charge_id,
       5400000000 + order_no AS order_id,
       cents AS amount,
       currency,
       CASE financial_status WHEN 'pending' THEN 'pending' WHEN 'voided' THEN 'failed' ELSE 'succeeded' END AS status,
       CASE WHEN pick(remix(h), 1000) >= 12 THEN 'cus_' || lpad(CAST(customer_no AS VARCHAR), 7, '0') END AS customer_id,
       order_date + to_seconds(pick(h, 45)) AS created
FROM settled;

CREATE TABLE stripe.public.refunds AS
WITH settled AS (
  SELECT *, mix(order_no + 40000000) AS h, mix(order_no + 80000000) AS g FROM orders WHERE refunded_at IS NOT NULL
)
SELECT 're_' || hex8(remix(g)) || hex8(g) AS refund_id,
       'ch_' || hex8(remix(h)) || hex8(h) AS charge_id,
       5400000000 + order_no AS order_id,
       refund_cents AS amount,
       CAST(refund_cents_usd * 0.01 AS DECIMAL(12, 2)) AS refund_amount_usd,
       currency,
       CASE WHEN refund_size_pick % 20 = 0 THEN 'fraudulent' WHEN refund_size_pick % 20 = 1 THEN 'duplicate'
            ELSE 'requested_by_customer' END AS reason,
       'succeeded' AS status,
       refunded_at AS created
FROM settled;

CREATE TABLE stripe.public.disputes AS
SELECT 'dp_' || hex8(mix(order_id % 100000000 + 120000000)) AS dispute_id,
       charge_id, amount, currency,
       CASE pick(mix(order_id % 100000000), 4) WHEN 0 THEN 'fraudulent' WHEN 1 THEN 'product_not_received'
            WHEN 2 THEN 'product_unacceptable' ELSE 'unrecognized' END AS reason,
       CASE WHEN created >= TIMESTAMP '2025-11-20' THEN 'under_review'
            WHEN pick(mix(order_id % 100000000 + 160000000), 10) < 6 THEN 'won' ELSE 'lost' END AS status,
       created + INTERVAL 9 DAY AS created
FROM stripe.public.charges
WHERE status = 'succeeded' AND created < TIMESTAMP '2025-12-23'
  AND pick(mix(order_id % 100000000 + 200000000), 10000) < 8;

-- The feed of balance transactions was connected on 1 October 2025.
CREATE TABLE stripe.public.balance_transactions AS
WITH movements AS (
  SELECT charge_id AS source, 'charge' AS type, amount, currency, created,
         CAST(amount * 29 // 1000 + 30 AS INTEGER) AS fee
  FROM stripe.public.charges WHERE status = 'succeeded' AND created >= TIMESTAMP '2025-10-01'
  UNION ALL
  SELECT refund_id, 'refund', -amount, currency, created, 0
  FROM stripe.public.refunds WHERE created >= TIMESTAMP '2025-10-01'
)
SELECT 'txn_' || substr(source, 4) AS balance_transaction_id, source, type, amount, fee, amount - fee AS net, currency,
       created, CAST(created AS DATE) + 2 AS available_on
FROM movements;
