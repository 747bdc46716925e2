/** What a page sends, as its author writes it. */
export interface Request {
  /** 'https://app.example.com' */
  readonly origin: string;
  readonly method: string;
  /** Without the name of the stage: '/items/42'. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** It is sent with cookies, or another way of `credentials: 'include'`. */
  readonly credentials: boolean;
}
