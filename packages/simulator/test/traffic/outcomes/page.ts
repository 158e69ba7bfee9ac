import { isLost, OUTCOMES, type Outcome } from '../../../src/simulation/traffic/outcomes.js';
import type { GatewayRows, NeverRow, OutcomeRow } from './row.js';

/** A span of code that may hold backticks. Line breaks are escaped. */
function code(text: string): string {
  const plain = text.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('|', '\\|');
  return plain.includes('`') ? `\`\` ${plain} \`\`` : `\`${plain}\``;
}

function bodyOf({ body, status }: OutcomeRow): string {
  if (body === '') return status === undefined ? 'nothing is sent' : 'empty';
  return body.includes('<ID>') ? code(body) : `${code(body)}, ${Buffer.byteLength(body)} B`;
}

const headersOf = ({ headers = {} }: OutcomeRow): string =>
  Object.entries(headers)
    .map(([name, value]) => code(`${name}: ${value}`))
    .join(', ');

function rowOf(title: string, row: OutcomeRow | NeverRow): string {
  const head = `| \`${row.outcome}\` | ${title} |`;
  if ('never' in row) return `${head} never | | ${row.never} | | | |`;
  const { when, status = 'message', mark = '', source, afterMs = 0 } = row;
  const link = source === undefined ? 'none' : `[${new URL(source).hostname}](${source})`;
  const time = afterMs === 0 ? '' : ` after ${afterMs / 1_000} s`;
  return `${head} ${when} | ${status}${time} | ${bodyOf(row)} | ${headersOf(row)} | ${mark} | ${link} |`;
}

const list = (outcomes: readonly Outcome[]): string => outcomes.map((one) => `\`${one}\``).join(', ');

/** docs/outcomes.md as it should be. */
export function outcomesPage(gateways: readonly GatewayRows[]): string {
  const rows = OUTCOMES.flatMap((outcome) =>
    gateways.flatMap(({ title, rows: own }) =>
      own.filter((row) => row.outcome === outcome).map((row) => rowOf(title, row)),
    ),
  );
  const calls = gateways.flatMap(({ rows: own }) => own).filter((row) => 'call' in row).length;
  return `# Outcomes of calls to simulated gateways

Written by \`POSTERN_WRITE_DOCS=1 npx vitest run packages/simulator/test/traffic/outcomes\` from the rows in
\`packages/simulator/test/traffic/outcomes\`. The test puts a simulated gateway into each of these ${calls} situations,
calls it, and compares outcome, status, all bytes of the body, the headers shown, and the simulated time until the
answer. It fails where this page differs from its rows.

The outcome is in the header \`x-postern-outcome\` of every answer of the
[simulated data path](../packages/simulator/README.md#calls-to-gateways), and in its counters. These do not count as
lost: ${list(OUTCOMES.filter((outcome) => !isLost(outcome)))}.

- The mark is of the status and the body: [U] uncertain, [I] inferred, [M] measured; none: documented in the source.
- A source of \`none\` means that no source was found, or that the answer is the simulator's own: status 501 for what is
  not simulated, and 504 where the caller of an API group would get no answer at all.
- In load jobs, calls of a gateway that was deleted meanwhile are \`gone\`, with status 404.
- Errors of API groups have an empty body [I]. How long a gateway tries to connect is [M] for REST APIs with V1 links, [I]
  for HTTP and WebSocket APIs, and [U] for the others.
- \`message\`: the answer is a message on an open connection. \`<ID>\` differs between calls. \`i-…\` and \`lb-…\` are
  the IDs of the target.

<!-- prettier-ignore -->
| outcome | gateway | situation | status | body | headers | mark | source |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
