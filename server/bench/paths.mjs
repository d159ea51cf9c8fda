import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
export const dataDirectory = path.join(repository, '.assay');
export const assay = path.join(repository, 'server/dist/main.js');
export const novamartSuiteFile = path.join(repository, 'suites/novamart/revenue_fact_validation.json');
export const analyticsFile = path.join(dataDirectory, 'warehouse/novamart/analytics.duckdb');
