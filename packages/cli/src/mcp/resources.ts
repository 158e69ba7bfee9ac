import { ResourceTemplate, type McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { InvalidInputError, type Clouds } from '@postern/core/internal/library';
import { explain, rulesOf } from '@postern/core/internal/check';
import { graphOfExplanations } from '@postern/core/internal/graph';
import { jsonText } from '@postern/core/internal/report';
import { pictureOf } from '../graph/draw.js';
import { checkedCloudsOf } from '../spec/brought-clouds.js';
import { errorLines, inCall, type Running, snapshotOf, specOf, type Call, type Scope } from './scope.js';
import { plain, plainLines, plainValue } from './answers.js';

const JSON_TYPE = 'application/json';

/** What a host can attach to a conversation. */
export function addResources(server: McpServer, scope: Scope, lasting: Running): void {
  const reading =
    (mimeType: string, read: (call: Call, of: Readonly<Record<string, unknown>>) => Promise<string>) =>
    (uri: URL, of: Readonly<Record<string, unknown>>, ctx: ServerContext) =>
      inCall(scope, lasting, ctx, async (call) => {
        try {
          const text = await read(call, of);
          return { contents: [{ uri: uri.href, mimeType, text: call.shown(text) }] };
        } catch (error) {
          throw new Error(plainLines(errorLines(error, call)), { cause: error });
        }
      });
  const fixed = (mimeType: string, read: (call: Call) => Promise<string>) => {
    const answer = reading(mimeType, read);
    return (uri: URL, ctx: ServerContext) => answer(uri, {}, ctx);
  };

  server.registerResource(
    'spec',
    'postern://spec',
    { title: 'Spec', description: 'What is declared, with defaults filled in.', mimeType: JSON_TYPE },
    fixed(JSON_TYPE, async (call) => jsonText(plainValue((await specOf(call)).spec), 2)),
  );
  server.registerResource(
    'report',
    'postern://report/last',
    { title: 'Last report', description: 'All findings of the last check.', mimeType: JSON_TYPE },
    fixed(JSON_TYPE, (call) => Promise.resolve(lastReport(call))),
  );
  const integrations = async (ctx: ServerContext) => {
    // Where the spec cannot be read, a tool says why. The other resources are listed.
    const names = await inCall(scope, lasting, ctx, integrationsOf).catch(() => []);
    const resources = names
      .slice(0, MOST_LISTED)
      .map((name) => ({ uri: `postern://graph/${encodeURIComponent(name)}`, name: `Paths of ${plain(name)}` }));
    return { resources };
  };
  server.registerResource(
    'graph',
    new ResourceTemplate('postern://graph/{integration}', { list: integrations }),
    { title: 'Paths of an integration', mimeType: 'image/svg+xml' },
    reading('image/svg+xml', pathsOf),
  );
  server.registerResource(
    'checks',
    new ResourceTemplate('postern://checks/{family}/{name}', { list: undefined }),
    { title: 'What a check is about', description: 'By the ID of a finding: path/route.', mimeType: 'text/markdown' },
    reading('text/markdown', async ({ io }, { family, name }) =>
      aboutOf(`${String(family)}/${String(name)}`, await checkedCloudsOf(io)),
    ),
  );
}

async function integrationsOf(call: Call): Promise<readonly string[]> {
  return Object.keys((await specOf(call)).spec.integrations);
}

/** Integrations that a list of resources names. */
const MOST_LISTED = 100;

function lastReport({ scope }: Call): string {
  if (scope.report.last !== undefined) return scope.report.last;

  throw new InvalidInputError('NOT_FOUND', 'no check was made yet', { remedy: 'Call check first.' });
}

async function pathsOf(call: Call, { integration }: Readonly<Record<string, unknown>>): Promise<string> {
  const { spec, clouds } = await specOf(call);
  const { snapshot, file } = await snapshotOf(call, spec);
  const name = decoded(String(integration));
  const found = explain(snapshot, spec, { clouds, integration: name, live: file === undefined });
  return pictureOf(call.io, graphOfExplanations(found), 'svg');
}

/** @throws {InvalidInputError} `INVALID_INPUT` */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(part)} is not a part of a URI`, {
      remedy: 'Write each % as %25, or name a resource of resources/list.',
    });
  }
}

/** A check of docs/checks.md. */
function aboutOf(id: string, clouds: Clouds): string {
  const rule = rulesOf(clouds).find((one) => one.id === id);
  if (rule === undefined)
    throw new InvalidInputError('UNKNOWN_REFERENCE', `no check has the ID ${JSON.stringify(id)}`, {
      remedy: 'Write the ID of a check as findings have it, such as path/route.',
    });

  const { title, about, severity, codes = [], sources = [] } = rule;
  return [
    `# ${id}`,
    '',
    `${title}. Severity: ${severity}.`,
    '',
    about,
    '',
    ...(codes.length === 0 ? [] : [`Codes: ${codes.join(', ')}`, '']),
    ...sources.map((one) => `- ${one}`),
    '',
  ].join('\n');
}
