/** A connection that is opened when it is first needed. Two first queries at the same time open two, and one is never closed. */

export interface Connection {
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface Driver {
  connect(url: string): Promise<Connection>;
}

export class Database {
  private connection: Connection | null = null;

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
    await connection?.close();
  }

  private async open(): Promise<Connection> {
    if (this.connection === null) {
      this.connection = await this.driver.connect(this.url);
    }
    return this.connection;
  }
}
