/**
 * A session that renews its access token when it has run out. A refresh token can be spent once: two requests that find the
 * token expired at the same time both spend it, and the provider ends the session.
 */

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

  constructor(
    private readonly provider: IdentityProvider,
    private readonly firstRefreshToken: string,
  ) {}

  async accessToken(): Promise<string> {
    if (!this.tokens || this.tokens.expiresAt <= Date.now()) {
      this.tokens = await this.provider.refresh(this.tokens?.refreshToken ?? this.firstRefreshToken);
    }
    return this.tokens.accessToken;
  }
}
