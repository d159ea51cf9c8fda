-- Every paid invoice but a credit has a payment, in the month of the invoice as a rule. `place` counts the recurring
-- subscriptions of a month: the exceptions (late, refunded, in two instalments) are named by it.
CREATE TABLE payment_book AS
WITH payable AS (
  SELECT i.*, c.type = 'recurring' AND c.status = 'active' AND i.type = 'subscription' AS is_recurring,
         datediff('month', DATE '2024-07-01', i.invoice_date) + 1 AS month_no
  FROM invoice_book i
  JOIN contract_book c USING (contract_no)
  WHERE i.status = 'paid' AND i.type <> 'credit'
), placed AS (
  SELECT *, CASE WHEN is_recurring
                 THEN row_number() OVER (PARTITION BY month_no, is_recurring ORDER BY contract_no) END AS place
  FROM payable
), judged AS (
  SELECT *,
         CASE WHEN month_no <= 16 THEN coalesce(place IN (2, 5 + month_no % 4), FALSE)
              WHEN month_no = 18 THEN coalesce(is_recurring AND contract_no IN (79, 81), FALSE)
              ELSE FALSE END AS is_late,
         CASE WHEN month_no <= 17 THEN coalesce(place = 1 + month_no * 3 % 13, FALSE)
              ELSE coalesce(is_recurring AND contract_no = 92, FALSE) END AS is_refunded,
         month_no <= 17 AND coalesce(place IN (3, 9) OR (month_no = 1 AND place = 12), FALSE) AS is_split
  FROM placed
)
SELECT row_number() OVER (ORDER BY paid_on, invoice_no, part) AS payment_no, *
FROM (
  SELECT j.invoice_no, j.account_no, p.part,
         j.invoice_date + CASE WHEN is_late THEN 33 ELSE 4 + CAST(j.invoice_no AS INTEGER) % 11 END + 2 * (p.part - 1)
           AS paid_on,
         CASE WHEN NOT is_split THEN j.amount
              WHEN p.part = 1 THEN CAST(j.amount * 0.6 AS DECIMAL(12, 2))
              ELSE j.amount - CAST(j.amount * 0.6 AS DECIMAL(12, 2)) END AS amount,
         is_refunded AND (NOT is_split OR p.part = 2) AS refunded
  FROM judged j
  JOIN (VALUES (1), (2)) AS p(part) ON p.part = 1 OR j.is_split
);

CREATE TABLE acme.raw_payments (
  payment_id VARCHAR PRIMARY KEY,
  account_id VARCHAR NOT NULL,
  invoice_id VARCHAR NOT NULL,
  payment_date DATE NOT NULL,
  amount DECIMAL(12, 2) NOT NULL,
  refunded BOOLEAN NOT NULL
);
INSERT INTO acme.raw_payments
SELECT 'PAY-' || lpad(CAST(payment_no AS VARCHAR), 4, '0'), 'ACC-' || lpad(CAST(account_no AS VARCHAR), 3, '0'),
       'INV-' || lpad(CAST(invoice_no AS VARCHAR), 4, '0'), paid_on, amount, refunded
FROM payment_book
ORDER BY payment_no;
