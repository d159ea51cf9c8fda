import { fork, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ConnectionFailed } from '../warehouse.errors.js';
import { errorOfEnd, type ProcessEnd } from './duckdb-errors.js';
import { MemoryWatch } from './duckdb-memory-watch.js';
import type {
  DuckDbOpening,
  EngineError,
  FromChild,
  RunRequest,
  StatementMessage,
  ToChild,
} from './duckdb-protocol.js';
import { StatementChannel } from './duckdb-statement-channel.js';
import { removeTemporaryDirectory } from './duckdb-temporary-directory.js';

const childScript = fileURLToPath(new URL('./duckdb-child.js', import.meta.url));
const childHeapMb = 512;
/** Statements that the child runs at once, and two spare; each blocks a thread. */
const childThreads = 66;
const outputKept = 4000;

/**
 * One life of the child process, from `start` until `ended` resolves. It never keeps our event loop alive by itself:
 * only running statements do.
 */
export class DuckDbProcess {
  private readonly channels = new Map<number, StatementChannel>();
  private nextId = 1;
  private end: ProcessEnd | undefined;
  private output = '';
  private watch: MemoryWatch | undefined;
  /** Resolves when the process is gone and its temporary directory removed. */
  readonly ended: Promise<void>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly opening: DuckDbOpening,
  ) {
    this.ended = this.cleanUpAtExit();
    child.stderr?.on('data', (chunk: Buffer) => {
      this.output = (this.output + chunk.toString()).slice(-outputKept);
    });
    child.on('message', (message: FromChild) => this.receive(message));
  }

  /** Starts the process; nothing runs before `open`. */
  static launch(opening: DuckDbOpening): DuckDbProcess {
    const child = fork(childScript, {
      serialization: 'advanced',
      // Ours would hand on loaders and inspectors.
      execArgv: [`--max-old-space-size=${childHeapMb}`],
      env: childEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    return new DuckDbProcess(child, opening);
  }

  /** Opens the warehouse; when that fails the process is gone too. @throws ConnectionFailed */
  async open(): Promise<void> {
    this.send({ type: 'open', opening: this.opening });
    const outcome = await new Promise<FromChild | undefined>((resolve) => {
      this.child.once('message', (message: FromChild) => resolve(message));
      void this.ended.then(() => resolve(undefined));
    });
    if (outcome?.type === 'opened') {
      this.watchMemory();
      this.holdEventLoop();
      return;
    }
    this.kill({ reason: 'closed' });
    await this.ended;
    throw outcome?.type === 'open-failed' ? openFailed(outcome.error) : this.startFailed();
  }

  get isAlive(): boolean {
    return this.end === undefined;
  }

  run(request: RunRequest): StatementChannel {
    const id = this.nextId++;
    const channel = new StatementChannel(
      () => this.send({ type: 'acknowledge', id }),
      () => this.send({ type: 'cancel', id }),
    );
    if (this.end) {
      channel.lose(this.end);
      return channel;
    }
    this.channels.set(id, channel);
    this.holdEventLoop();
    this.send({ type: 'run', id, ...request });
    return channel;
  }

  /** The first reason stands; all running statements end with it. */
  kill(end: ProcessEnd): void {
    this.lose(end);
    this.child.ref();
    this.child.kill('SIGKILL');
  }

  private watchMemory(): void {
    const limitMb = this.opening.memoryLimitMb;
    this.watch = new MemoryWatch(this.child.pid ?? 0, limitMb, (rssMb) =>
      this.kill({ reason: 'memory', rssMb, limitMb }),
    );
  }

  private startFailed(): ConnectionFailed {
    const why = this.end && errorOfEnd(this.end);
    return new ConnectionFailed(`the DuckDB process did not start${why ? `: ${why.message}` : ''}`, {
      output: this.output,
      sent: false,
    });
  }

  private receive(message: FromChild): void {
    if (message.type === 'opened' || message.type === 'open-failed') return;
    const channel = this.channels.get(message.id);
    if (isLast(message)) this.forget(message.id);
    channel?.deliver(message);
  }

  private forget(id: number): void {
    this.channels.delete(id);
    this.holdEventLoop();
  }

  private lose(end: ProcessEnd): void {
    if (this.end) return;
    this.end = end;
    this.watch?.stop();
    for (const channel of this.channels.values()) channel.lose(end);
    this.channels.clear();
  }

  /** A statement that runs is waited for, an idle process is not. */
  private holdEventLoop(): void {
    const hold = this.channels.size > 0 ? 'ref' : 'unref';
    this.child[hold]();
    this.child.channel?.[hold]();
    (this.child.stderr as Socket | null)?.[hold]();
  }

  private send(message: ToChild): void {
    // A child that is gone is noticed by its exit.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  private async cleanUpAtExit(): Promise<void> {
    // A failed spawn gives `error` and no `exit`.
    const how = await Promise.race([
      new Promise<string>((resolve) => {
        this.child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
      }),
      new Promise<string>((resolve) => this.child.once('error', (error) => resolve(error.message))),
    ]);
    this.lose({ reason: 'crashed', how, output: this.output });
    await removeTemporaryDirectory(this.opening.temporaryDirectory);
  }
}

function isLast(message: StatementMessage): boolean {
  return message.type === 'end' || message.type === 'failed';
}

function openFailed(error: EngineError): ConnectionFailed {
  return new ConnectionFailed(
    error.message,
    { ...error.details, engineError: error.kind, sent: false },
    { cause: error },
  );
}

/** Nothing of ours: user SQL runs over there, and our environment holds credentials. */
function childEnvironment(): NodeJS.ProcessEnv {
  const handedOn = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SYSTEMROOT', 'LD_LIBRARY_PATH'];
  return {
    ...Object.fromEntries(handedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    TZ: 'UTC',
    UV_THREADPOOL_SIZE: String(childThreads),
  };
}
