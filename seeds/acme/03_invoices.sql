-- Contracts that were upgraded within their first month: what was billed before the upgrade.
CREATE TABLE first_invoices AS
SELECT * FROM (VALUES
  (27, 14500),
  (32, 69000),
  (40, 30000),
  (41, 30500),
  (47, 105000),
  (48, 42500),
  (58, 70000),
  (59, 24000),
  (70, 49000),
  (74, 54000),
  (79, 120000),
  (81, 77000),
  (86, 76000),
  (92, 22500),
  (95, 84000),
  (101, 80000),
  (104, 50000),
  (105, 35000)
) AS f(contract_no, amount);

-- Everything billed beside the monthly subscription.
CREATE TABLE other_invoices AS
SELECT contract_no, CAST(invoice_date AS DATE) AS invoice_date, amount, type, status
FROM (VALUES
  (8, '2024-07-06', 76000, 'subscription', 'void'),
  (15, '2024-07-07', 16000, 'subscription', 'pending'),
  (2, '2024-07-09', 13000, 'services', 'paid'),
  (7, '2024-07-10', 23000, 'setup', 'paid'),
  (5, '2024-07-11', 19000, 'setup', 'paid'),
  (10, '2024-07-12', -36000, 'credit', 'paid'),
  (8, '2024-08-06', -60000, 'credit', 'paid'),
  (13, '2024-08-08', 4000, 'subscription', 'pending'),
  (16, '2024-08-10', 18000, 'services', 'paid'),
  (5, '2024-08-11', 6000, 'setup', 'paid'),
  (4, '2024-08-12', 26000, 'setup', 'paid'),
  (2, '2024-09-06', 9000, 'setup', 'paid'),
  (8, '2024-09-07', -17000, 'credit', 'paid'),
  (13, '2024-09-09', 7000, 'subscription', 'pending'),
  (16, '2024-09-11', 23000, 'services', 'paid'),
  (4, '2024-09-12', 13000, 'setup', 'paid'),
  (13, '2024-10-06', 20000, 'setup', 'paid'),
  (9, '2024-10-07', 16000, 'setup', 'paid'),
  (16, '2024-10-08', -14000, 'credit', 'paid'),
  (14, '2024-10-09', 57000, 'subscription', 'void'),
  (32, '2024-10-10', 10000, 'subscription', 'pending'),
  (5, '2024-10-12', 6000, 'services', 'paid'),
  (13, '2024-11-06', 11000, 'services', 'paid'),
  (27, '2024-11-07', 27000, 'setup', 'paid'),
  (16, '2024-11-08', 23000, 'setup', 'paid'),
  (4, '2024-11-09', -17000, 'credit', 'paid'),
  (32, '2024-11-10', 81000, 'subscription', 'void'),
  (8, '2024-11-11', 13000, 'subscription', 'pending'),
  (5, '2024-11-12', 10000, 'services', 'paid'),
  (40, '2024-12-07', 16000, 'services', 'paid'),
  (9, '2024-12-08', 10000, 'setup', 'paid'),
  (6, '2024-12-09', 6000, 'setup', 'paid'),
  (14, '2024-12-10', -45000, 'credit', 'paid'),
  (26, '2024-12-12', 16000, 'subscription', 'pending'),
  (32, '2025-01-06', 4000, 'subscription', 'pending'),
  (27, '2025-01-07', 20000, 'services', 'paid'),
  (47, '2025-01-08', 21000, 'services', 'paid'),
  (9, '2025-01-09', 17000, 'setup', 'paid'),
  (41, '2025-01-09', -23000, 'credit', 'paid'),
  (8, '2025-01-10', 13000, 'setup', 'paid'),
  (16, '2025-01-11', -14000, 'credit', 'paid'),
  (13, '2025-01-12', 98000, 'subscription', 'void'),
  (6, '2025-02-06', 63000, 'subscription', 'void'),
  (16, '2025-02-07', 7000, 'subscription', 'pending'),
  (32, '2025-02-09', 26000, 'services', 'paid'),
  (52, '2025-02-10', 24000, 'setup', 'paid'),
  (47, '2025-02-11', 20000, 'setup', 'paid'),
  (9, '2025-02-12', -14000, 'credit', 'paid'),
  (40, '2025-03-06', -25000, 'credit', 'paid'),
  (48, '2025-03-08', 10000, 'subscription', 'pending'),
  (59, '2025-03-10', 9000, 'services', 'paid'),
  (26, '2025-03-11', 7000, 'setup', 'paid'),
  (10, '2025-03-12', 27000, 'setup', 'paid'),
  (26, '2025-04-06', 10000, 'setup', 'paid'),
  (41, '2025-04-07', -28000, 'credit', 'paid'),
  (40, '2025-04-08', 43000, 'subscription', 'void'),
  (52, '2025-04-09', 13000, 'subscription', 'pending'),
  (48, '2025-04-10', 13000, 'services', 'paid'),
  (9, '2025-04-11', 14000, 'services', 'paid'),
  (27, '2025-04-12', 14000, 'setup', 'paid'),
  (10, '2025-05-06', 21000, 'setup', 'paid'),
  (68, '2025-05-07', 17000, 'setup', 'paid'),
  (27, '2025-05-08', -16000, 'credit', 'paid'),
  (13, '2025-05-09', 98000, 'subscription', 'void'),
  (41, '2025-05-10', 16000, 'subscription', 'pending'),
  (52, '2025-05-12', 19000, 'services', 'paid'),
  (13, '2025-06-06', 24000, 'services', 'paid'),
  (41, '2025-06-07', 28000, 'setup', 'paid'),
  (32, '2025-06-08', 24000, 'setup', 'paid'),
  (52, '2025-06-09', -58000, 'credit', 'paid'),
  (47, '2025-06-10', 140000, 'subscription', 'void'),
  (68, '2025-06-11', 4000, 'subscription', 'pending'),
  (79, '2025-07-06', 6000, 'services', 'paid'),
  (32, '2025-07-07', 7000, 'services', 'paid'),
  (27, '2025-07-08', -16000, 'credit', 'paid'),
  (58, '2025-07-08', 11000, 'setup', 'paid'),
  (47, '2025-07-09', 7000, 'setup', 'paid'),
  (70, '2025-07-10', -56000, 'credit', 'paid'),
  (68, '2025-07-11', 130000, 'subscription', 'void'),
  (81, '2025-07-12', 7000, 'subscription', 'pending'),
  (68, '2025-08-06', 10000, 'subscription', 'pending'),
  (79, '2025-08-08', 12000, 'services', 'paid'),
  (32, '2025-08-09', 18000, 'setup', 'paid'),
  (86, '2025-08-10', 14000, 'setup', 'paid'),
  (47, '2025-08-11', -22000, 'credit', 'paid'),
  (70, '2025-09-06', 70000, 'subscription', 'void'),
  (86, '2025-09-07', 13000, 'subscription', 'pending'),
  (81, '2025-09-08', 16000, 'services', 'paid'),
  (40, '2025-09-09', 17000, 'services', 'paid'),
  (68, '2025-09-10', 25000, 'setup', 'paid'),
  (58, '2025-09-11', 21000, 'setup', 'paid'),
  (79, '2025-09-12', -33000, 'credit', 'paid'),
  (40, '2025-10-06', -34000, 'credit', 'paid'),
  (92, '2025-10-07', 30000, 'subscription', 'void'),
  (58, '2025-10-08', 16000, 'subscription', 'pending'),
  (41, '2025-10-09', 21000, 'services', 'paid'),
  (70, '2025-10-10', 22000, 'services', 'paid'),
  (59, '2025-10-11', -22000, 'credit', 'paid'),
  (86, '2025-10-11', 8000, 'setup', 'paid'),
  (81, '2025-10-12', 28000, 'setup', 'paid'),
  (40, '2025-11-06', 11000, 'setup', 'paid'),
  (68, '2025-11-07', -55000, 'credit', 'paid'),
  (92, '2025-11-07', 7000, 'setup', 'paid'),
  (58, '2025-11-08', 100000, 'subscription', 'void'),
  (41, '2025-11-09', 25000, 'services', 'paid'),
  (79, '2025-11-09', 4000, 'subscription', 'pending'),
  (70, '2025-11-10', 26000, 'services', 'paid'),
  (86, '2025-11-11', 27000, 'services', 'paid'),
  (47, '2025-11-12', 15000, 'setup', 'paid'),
  (81, '2025-11-12', -17000, 'credit', 'paid'),
  (84, '2025-12-06', 90000, 'subscription', 'void'),
  (101, '2025-12-08', 40000, 'setup', 'paid'),
  (104, '2025-12-09', 25000, 'setup', 'paid'),
  (105, '2025-12-09', 15000, 'setup', 'paid'),
  (68, '2025-12-10', 25000, 'services', 'paid'),
  (86, '2025-12-10', 18000, 'subscription', 'pending'),
  (58, '2025-12-11', 15000, 'services', 'paid'),
  (95, '2025-12-11', -90000, 'credit', 'paid'),
  (47, '2025-12-12', -130000, 'credit', 'paid'),
  (103, '2025-12-12', 12000, 'subscription', 'pending')
) AS o(contract_no, invoice_date, amount, type, status);

CREATE TABLE invoice_book AS
WITH subscriptions AS (
  SELECT c.contract_no, c.account_no,
         CAST(c.first_billed + to_months(CAST(n.range AS INTEGER)) AS DATE) + c.contract_no % 5 AS invoice_date,
         CASE WHEN n.range = 0 AND f.amount IS NOT NULL THEN f.amount
              WHEN c.type = 'one-time' THEN c.annual_value
              ELSE CAST(c.annual_value / 12 AS DECIMAL(12, 2)) END AS amount,
         'subscription' AS type, 'paid' AS status
  FROM contract_book c
  JOIN range(0, 18) AS n ON n.range < c.invoices
  LEFT JOIN first_invoices f USING (contract_no)
), billed AS (
  SELECT * FROM subscriptions
  UNION ALL
  SELECT o.contract_no, c.account_no, o.invoice_date, o.amount, o.type, o.status
  FROM other_invoices o
  JOIN contract_book c USING (contract_no)
)
SELECT row_number() OVER (ORDER BY invoice_date, contract_no, type, status) AS invoice_no, *
FROM billed;

CREATE TABLE acme.raw_invoices (
  invoice_id VARCHAR PRIMARY KEY,
  account_id VARCHAR NOT NULL,
  contract_id VARCHAR NOT NULL,
  invoice_date DATE NOT NULL,
  amount DECIMAL(12, 2) NOT NULL,
  type VARCHAR NOT NULL,
  status VARCHAR NOT NULL
);
INSERT INTO acme.raw_invoices
SELECT 'INV-' || lpad(CAST(invoice_no AS VARCHAR), 4, '0'), 'ACC-' || lpad(CAST(account_no AS VARCHAR), 3, '0'),
       'CTR-' || lpad(CAST(contract_no AS VARCHAR), 3, '0'), invoice_date, amount, type, status
FROM invoice_book
ORDER BY invoice_no;
