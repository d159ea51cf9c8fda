import { userInfo } from 'node:os';
import { inspect } from 'node:util';
import { nearest } from '../../platform/text/index.js';
import { WarehouseUrlInvalid } from '../warehouse.errors.js';

export type SslMode = 'disable' | 'require' | 'verify-full' | 'no-verify';

export interface PostgresConfig {
  host: string;
  port: number;
  database: string;
  user: string;
  password?: Secret;
  /** `require` encrypts as libpq does, without asking who the server is; `no-verify` is another word for it. */
  sslMode: SslMode;
  applicationName: string;
  /** As the server reads it: `facts, public`. Default: the role's. */
  searchPath?: string;
  /** IANA name; the session's zone. */
  timeZone: string;
  /** At most so many at once; a snapshot holds one more. */
  maxConnections: number;
  connectTimeoutMs: number;
  /** How long a statement may wait for a table that somebody else has locked. */
  lockTimeoutMs: number;
  /** How long the server may take to obey a cancellation before its connection is cut. */
  cancelGraceMs: number;
  /** What one reading step may take from the wire before its connection is cut: a single value can have a gigabyte. */
  maxBatchBytes: number;
}

/** A text that no log, message or dump shows. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return '***';
  }
}

const sslModes: readonly SslMode[] = ['disable', 'require', 'verify-full', 'no-verify'];
const parameters = ['sslmode', 'application_name', 'search_path'];

/**
 * Reads `postgres://user:password@host:port/database?sslmode=…&application_name=…&search_path=…`; a password given
 * apart wins. No error shows the URL, which may hold one.
 * @throws WarehouseUrlInvalid
 */
export function parsePostgresUrl(
  text: string,
  password?: string,
  systemUser: () => string = () => userInfo().username,
): PostgresConfig {
  const url = read(text);
  const user = decode(url.username, 'user') || ownName(systemUser);
  const secret = password ?? decode(url.password, 'password');
  const query = readParameters(url.searchParams);
  const searchPath = query.get('search_path');
  return {
    host: decode(url.hostname, 'host').replace(/^\[(.*)\]$/, '$1') || 'localhost',
    port: url.port === '' ? 5432 : Number(url.port),
    database: decode(url.pathname.slice(1), 'database') || user,
    user,
    ...(secret === '' ? {} : { password: new Secret(secret) }),
    sslMode: readSslMode(query.get('sslmode')),
    applicationName: query.get('application_name') ?? 'assay',
    ...(searchPath === undefined ? {} : { searchPath }),
    timeZone: 'UTC',
    maxConnections: 8,
    connectTimeoutMs: 10_000,
    lockTimeoutMs: 10_000,
    cancelGraceMs: 900,
    maxBatchBytes: 256 * 1024 * 1024,
  };
}

/** `host:port/database`, for messages. */
export function describeTarget({ host, port, database }: PostgresConfig): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}

function read(text: string): URL {
  const example = 'write postgres://user@host:5432/database';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new WarehouseUrlInvalid(
      `the Postgres URL cannot be read; ${example} and percent-encode special characters`,
    );
  }
  if (!['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new WarehouseUrlInvalid(`a Postgres URL begins with postgres:// or postgresql://; ${example}`);
  }
  if (url.pathname.slice(1).includes('/')) {
    throw new WarehouseUrlInvalid(`the Postgres URL names more than a database after the host; ${example}`);
  }
  if (url.hash !== '') {
    throw new WarehouseUrlInvalid(
      'the Postgres URL has a # part; percent-encode it as %23 if it belongs to a name',
    );
  }
  return url;
}

/** A process in a container may run under a number that has no name. */
function ownName(systemUser: () => string): string {
  try {
    return systemUser();
  } catch (cause) {
    throw new WarehouseUrlInvalid(
      'the Postgres URL names no user, and the one this process runs as has no name; ' +
        'write postgres://user@host:5432/database',
      {},
      { cause },
    );
  }
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WarehouseUrlInvalid(`the ${part} in the Postgres URL is not percent-encoded as it should be`, {
      part,
    });
  }
}

function readParameters(search: URLSearchParams): ReadonlyMap<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of search) {
    if (!parameters.includes(name)) {
      const meant = nearest(name, parameters);
      throw new WarehouseUrlInvalid(
        `a Postgres URL has no parameter "${name}"; ` +
          (meant === undefined ? `it may have ${parameters.join(', ')}` : `did you mean "${meant}"?`),
        { parameter: name },
      );
    }
    if (query.has(name)) {
      throw new WarehouseUrlInvalid(`the Postgres URL gives "${name}" twice`, { parameter: name });
    }
    query.set(name, value);
  }
  return query;
}

function readSslMode(text = 'disable'): SslMode {
  const mode = sslModes.find((m) => m === text);
  if (mode !== undefined) return mode;
  if (text === 'prefer' || text === 'allow') {
    throw new WarehouseUrlInvalid(
      `sslmode=${text} leaves it to the server whether anything is encrypted; ` +
        'write sslmode=require to encrypt or sslmode=disable not to',
      { parameter: 'sslmode' },
    );
  }
  const meant = nearest(text, sslModes);
  throw new WarehouseUrlInvalid(
    `sslmode is ${sslModes.join(', ')}, not "${text}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    { parameter: 'sslmode' },
  );
}
