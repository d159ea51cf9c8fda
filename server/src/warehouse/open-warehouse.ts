import type { WarehouseAdapter } from './warehouse-adapter.js';
import { Unsupported, WarehouseUrlInvalid } from './warehouse.errors.js';
import { bounded, readOnly, timed } from './wrappers/index.js';

export interface OpenWarehouseOptions {
  /** Beside the URL, so that it stands in no process list; wins over one in the URL. */
  password?: string | undefined;
  /** IANA name of the session's zone; default UTC. */
  timeZone?: string | undefined;
}

/** Statements at once on one warehouse; an engine uses several cores for each. */
const maxStatements = 4;
/** What one collected result may hold; more is a stream. */
const maxRows = 100_000;
const maxBytes = 64 * 1024 * 1024;
/** The only default: an adapter by itself has no time-out of its own. */
const timeLimits = { defaultTimeoutMs: 10 * 60_000, maxTimeoutMs: 24 * 60 * 60_000 };

/**
 * The warehouse behind a URL of contracts.md, read-only, bounded and timed. Connects at the first call.
 * @throws WarehouseUrlInvalid | Unsupported
 */
export async function openWarehouse(
  url: string,
  options: OpenWarehouseOptions = {},
): Promise<WarehouseAdapter> {
  const adapter = await adapterFor(url, options);
  return timed(readOnly(bounded(adapter, { maxStatements, maxRows, maxBytes })), timeLimits);
}

/** Loads only the engine that is asked for. */
async function adapterFor(
  url: string,
  { password, timeZone }: OpenWarehouseOptions,
): Promise<WarehouseAdapter> {
  const zone = timeZone === undefined ? {} : { timeZone: knownZone(timeZone) };
  const scheme = /^([a-z]+):/i.exec(url)?.[1]?.toLowerCase();
  switch (scheme) {
    case 'duckdb': {
      const { DuckDbAdapter, parseDuckDbUrl } = await import('./duckdb/index.js');
      return new DuckDbAdapter({ ...parseDuckDbUrl(url), ...zone });
    }
    case 'postgres':
    case 'postgresql': {
      const { parsePostgresUrl, PostgresAdapter } = await import('./postgres/index.js');
      return new PostgresAdapter({ ...parsePostgresUrl(url, password), ...zone });
    }
    case 'trino':
      throw new Unsupported('Trino warehouses are not supported yet');
    default:
      throw new WarehouseUrlInvalid(
        'a warehouse URL begins with duckdb: or postgres://, for example duckdb:shop.duckdb or postgres://me@localhost/shop',
      );
  }
}

function knownZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return timeZone;
  } catch {
    throw new WarehouseUrlInvalid(
      `there is no time zone "${timeZone}"; write an IANA name such as Europe/Berlin`,
    );
  }
}
