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

/** What each outcome says of a call. */
const MEANINGS: Readonly<Record<Outcome, string>> = {
  delivered: 'The backend was called and answered, whatever its status.',
  'no-route': 'The gateway has no route, method or API for the request.',
  'no-stage': 'The request names no stage that exists.',
  throttled: 'The gateway refused the call: a rate or a quota is spent.',
  unauthorized: 'The gateway refused the caller.',
  'no-integration': 'The route leads to nothing that can be called.',
  'link-missing': 'The link of the integration does not exist.',
  'link-pending': 'The link is not available yet.',
  'link-inactive': 'The link had no calls for sixty days. The call reactivates it, and fails.',
  'link-failed': 'The link could not be created.',
  unreachable: 'The network does not carry the call: a security group, a network ACL, a route, an address or a name.',
  'no-listener': 'Nothing listens on the port.',
  'no-healthy-target': 'The load balancer has no target that it would call.',
  timeout: 'The answer did not come in time.',
  reset: 'The backend closed the connection.',
  'too-large': 'The request or the answer is larger than the gateway accepts.',
  gone: 'The gateway has moved or was deleted, and the call came to its former place. In load jobs a gateway that was deleted answers 404.',
};

function rowOf(title: string, row: OutcomeRow | NeverRow): string {
  if ('never' in row) return `| ${title} | never | | ${row.never} | | |`;
  const { when, status = 'message', mark, source, afterMs = 0 } = row;
  const link = source === undefined ? 'none' : `[${new URL(source).hostname}](${source})`;
  const time = afterMs === 0 ? '' : ` after ${afterMs / 1_000} s`;
  const marked = mark === undefined ? '' : ` ${mark}`;
  return `| ${title} | ${when} | ${status}${time}${marked} | ${bodyOf(row)} | ${headersOf(row)} | ${link} |`;
}

/** The section of an outcome, with a row for each situation. */
function sectionOf(outcome: Outcome, gateways: readonly GatewayRows[]): string {
  const rows = gateways.flatMap(({ title, rows: own }) =>
    own.filter((row) => row.outcome === outcome).map((row) => rowOf(title, row)),
  );
  return `## ${outcome}

${MEANINGS[outcome]} ${isLost(outcome) ? 'The call counts as lost.' : 'The call does not count as lost.'}

<!-- prettier-ignore -->
| gateway | situation | status | body | headers | source |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}`;
}

/** docs/outcomes.md as it should be. */
export function outcomesPage(gateways: readonly GatewayRows[]): string {
  const sections = OUTCOMES.map((outcome) => sectionOf(outcome, gateways));
  const calls = gateways.flatMap(({ rows: own }) => own).filter((row) => 'call' in row).length;
  const list = OUTCOMES.map((outcome) => `[\`${outcome}\`](#${outcome})`).join(', ');
  return `# Outcomes of calls to simulated gateways

What became of a call is one word, the outcome: ${list}. It is in the header
\`x-postern-outcome\` of every answer of the [simulated data path](../packages/simulator/README.md#calls-to-gateways), in its
counters, and in the result of [\`postern rehearse\`](rehearsal.md). A call counts as lost where a correct private
integration would have delivered it.

How to read the tables:

- The situation is what was done to the simulated cloud before the call. Status, body and headers are what the caller gets.
- \`message\` in place of a status: the answer is a message on an open connection. \`<ID>\` differs between calls. \`i-…\`
  and \`lb-…\` are the IDs of the target.
- A mark behind the status is of status and body: [U] uncertain, [I] inferred, [M] measured. Without one the source
  documents them.
- The source \`none\`: no source was found, or the answer is the simulator's own. Its own are status 501 for what is not
  simulated, and 504 where the caller of an API group or of a cloud-native gateway would get no answer at all.
- A rule of an ALB matches the path and host of the call, before its transforms. The service's target sees the path and
  host after them. The simulated target sees those of the call: transforms are kept, and not carried out.
- Errors of API groups have an empty body [I]. How long a gateway tries to connect is [M] for REST APIs with V1 links, [I]
  for HTTP and WebSocket APIs, and [U] for the others.

The tests put a simulated gateway into each of these ${calls} situations, call it, and compare outcome, status, all bytes of
the body, the headers shown, and the simulated time until the answer. This page is written from their rows, in
\`packages/simulator/test/traffic/outcomes\`, by \`npm run pages\`.

${sections.join('\n\n')}
`;
}
