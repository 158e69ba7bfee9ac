import {
  Composer,
  Parser,
  type CST,
  type DocumentOptions,
  type Document,
  type ParseOptions,
  type SchemaOptions,
} from 'yaml';

/** What is wrong with a text, and the offset. */
export interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
}

/**
 * Parses a text until its first problem: the parser goes on and keeps them all, which are gigabytes where a text is nothing else.
 * Warnings are none.
 */
export function firstDocument(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions,
): { readonly document?: Document.Parsed | undefined; readonly problem?: YamlProblem | undefined } {
  let problem: YamlProblem | undefined;
  const stop = (code: string, message: string, offset: number): never => {
    problem ??= { code, message, offset };
    throw new SyntaxError(problem.message);
  };
  function* tokens(): Generator<CST.Token> {
    for (const token of new Parser().parse(text)) {
      if (token.type === 'error')
        stop('UNEXPECTED_TOKEN', `${token.message}: ${JSON.stringify(token.source)}`, token.offset);

      yield token;
    }
  }
  const composer = new Composer(options);
  const onError = (
    source: number | readonly number[] | { offset: number },
    code: string,
    message: string,
    isWarning = false,
  ): void => {
    const at = typeof source === 'number' ? source : 'offset' in source ? source.offset : source[0];
    if (!isWarning) stop(code, message, at ?? 0);
  };
  Object.assign(composer, { onError });
  let document: Document.Parsed | undefined;
  try {
    for (const one of composer.compose(tokens(), true, text.length)) {
      if (document !== undefined) stop('MULTIPLE_DOCS', 'the text has several documents', one.range[0]);
      document = one;
    }
  } catch (error) {
    if (problem === undefined) throw error;
  }
  return { document, problem };
}
