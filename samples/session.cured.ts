/** The session again; whoever comes while a refresh is in flight waits for that one. */

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: number;
}

export interface IdentityProvider {
  refresh(refreshToken: string): Promise<Tokens>;
}

export class Session {
  private tokens: Tokens | undefined;
  private refreshing: Promise<Tokens> | undefined;

  constructor(
    private readonly provider: IdentityProvider,
    private readonly firstRefreshToken: string,
  ) {}

  async accessToken(): Promise<string> {
    if (this.tokens && this.tokens.expiresAt > Date.now()) return this.tokens.accessToken;
    this.refreshing ??= this.refresh().finally(() => {
      this.refreshing = undefined;
    });
    return (await this.refreshing).accessToken;
  }

  private async refresh(): Promise<Tokens> {
    const tokens = await this.provider.refresh(this.tokens?.refreshToken ?? this.firstRefreshToken);
    this.tokens = tokens;
    return tokens;
  }
}
