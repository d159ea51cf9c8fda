import pg from 'pg';
import type { EventEmitter } from 'node:events';

/** Of pg's own connection, the part that its types leave out. */
interface RawConnection extends EventEmitter {
  ssl: unknown;
  stream: { destroy(): void };
  connect(port: number, host: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

const giveUpMs = 5_000;

/**
 * Asks the server, over a connection of its own that needs no login, to stop what a session does. Resolves when the
 * server has taken the request or cannot be asked; whether it obeyed shows on the session.
 */
export function requestCancel(
  target: { host: string; port: number; ssl: pg.ClientConfig['ssl'] },
  session: { processId: number; secretKey: number },
): Promise<void> {
  const connection = new pg.Connection({ ssl: target.ssl }) as unknown as RawConnection;
  return new Promise((resolve) => {
    const timer = setTimeout(() => connection.stream.destroy(), giveUpMs);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const cancel = (): void => connection.cancel(session.processId, session.secretKey);
    connection.on('connect', () => (target.ssl ? connection.requestSsl() : cancel()));
    connection.on('sslconnect', cancel);
    connection.on('error', done);
    connection.on('end', done);
    connection.connect(target.port, target.host);
  });
}
