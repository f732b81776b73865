/** The connection again; what is kept is the promise, from the same turn on in which the connection is asked for. */

export interface Connection {
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface Driver {
  connect(url: string): Promise<Connection>;
}

export class Database {
  private connection: Promise<Connection> | null = null;

  constructor(
    private readonly driver: Driver,
    private readonly url: string,
  ) {}

  async query(sql: string, parameters: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
    const connection = await this.open();
    return connection.query(sql, parameters);
  }

  async close(): Promise<void> {
    const connection = this.connection;
    this.connection = null;
    await (await connection)?.close();
  }

  private open(): Promise<Connection> {
    this.connection ??= this.driver.connect(this.url);
    return this.connection;
  }
}
