type Texts = Readonly<Record<string, string>>;

/** A call as its method sees it: of the data path, or of a test. */
export interface MethodRequest {
  readonly verb: string;
  /** Without the stage and the query string. */
  readonly path: string;
  /** The values of the resource's placeholders, as the caller escaped them. */
  readonly pathParameters: Texts;
  /** The query string as it was sent, without the question mark. */
  readonly search: string;
  readonly headers: Texts;
  readonly body: Uint8Array;
  readonly stageVariables: Texts;
  /** A variable of the context: `requestId`, `identity.sourceIp`; undefined where it has no value. */
  readonly context: (name: string) => string | undefined;
}

/** The value of a header. Names are the same in capitals. */
export function header(headers: Texts, name: string): string | undefined {
  const lower = name.toLowerCase();
  return headers[lower] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === lower)?.[1];
}

/** All values of a parameter of the query string. A semicolon splits parameters, too. */
export function queryValues({ search }: MethodRequest, name: string): readonly string[] {
  if (search === '') return [];
  return new URLSearchParams(search.replaceAll(';', '&')).getAll(name);
}

/** A body as text. */
export function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

/** The content type of the request, without its parameters; `application/json` where it has none. */
export function contentType({ headers }: MethodRequest): string {
  return header(headers, 'content-type')?.split(';')[0]?.trim() || 'application/json';
}
