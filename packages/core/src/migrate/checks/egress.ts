import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { Outcome } from '../../findings/check.js';
import { counted } from '../../text/counted.js';
import { holds, missingEvidence, unsure } from '../../findings/outcome.js';
import { sourceOf } from '../../network/sources/link-source.js';
import type { MigrationCheck, MigrationInput } from '../migration-input.js';
import { useEvidence } from '../../world/uses/gateway-uses.js';
import { publicEgressOf } from '../public-egress.js';

/** `migrate/egress`. */
export const migrateEgress: MigrationCheck = {
  id: 'migrate/egress',
  title: 'Backends are called from the same addresses',
  severity: 'note',
  about:
    'After a move backends are called from the addresses of the new link. Whether the allowlists that a cloud knows let them in, `path/*` says; lists that no cloud ' +
    'knows (host firewalls, data centres) need the blocks of the impact table. While DNS drains, both call: keep the old entries. Backends in the open internet see another ' +
    "address, the instance's own: what keeps a list there has to hold the new one, which is a warning, since nobody here can look at that list.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
  ],
  *run(input) {
    yield* inside(input);
    if (input.open.length > 0) yield outside(input);
  },
};

function* inside({ check, gateway, from, to, backends }: MigrationInput): Generator<Outcome> {
  if (backends.length === 0) return;
  const about = aboutGateway(gateway);
  const source = sourceOf(to);
  const next = source.blocks.map(({ text }) => text);
  const old = from === undefined ? [] : sourceOf(from).blocks.map(({ text }) => text);
  const added = next.filter((text) => !old.includes(text));
  const evidence = changeOf(old, next);
  if (next.length === 0) {
    const what = `the blocks that ${to.link?.id ?? to.name} calls from`;
    const missing = source.missing ?? { what, remedy: 'Take the snapshot again with `postern snapshot`.' };
    // That nobody can say whether calls arrive stops the move, and is said where the way is looked at.
    yield unsure(about, 'calls come from the same blocks as before', missing, { evidence, severity: 'warning' });
    return;
  }
  if (added.length === 0) {
    yield holds(check, about, () => ({ message: 'calls come from the same blocks as before', evidence }));
    return;
  }
  yield {
    verdict: 'fail',
    ...about,
    message: `calls to ${counted(backends.length, 'backend')} will come from ${next.join(', ')}${added.length === next.length ? '' : `; new: ${added.join(', ')}`}`,
    evidence,
    remedy:
      'Let these blocks in at every backend whose list no cloud knows (see the impact table), and keep the old ones until the old way has drained.',
  };
}

function outside({ check, gateway, from, to, open }: MigrationInput): Outcome {
  const about = aboutGateway(gateway, thing('backends', 'open', 'backends in the open internet'));
  const [old, next] = [publicEgressOf(from), publicEgressOf(to)];
  const names = open.slice(0, 3).map(({ name }) => name);
  const which = `${names.join(', ')}${open.length > names.length ? ` and ${open.length - names.length} more` : ''}`;
  const evidence = [...changeOf(old, next), ...useEvidence(open.flatMap(({ uses }) => uses))];
  const id = to.link?.id ?? to.name;
  if (next.length === 0) {
    const fact = {
      what: `the address that ${id} has towards the internet (InternetEgressAddress)`,
      remedy: `Look at ${id} in the console, and let its address in at ${which}, where a list is kept there.`,
    };
    const message = `nobody can say from which address ${which} will be called: ${id} does not tell it`;
    return {
      verdict: 'unknown',
      severity: 'warning',
      ...about,
      message,
      evidence: [...evidence, missingEvidence(fact)],
      remedy: fact.remedy,
    };
  }
  const added = next.filter((block) => !old.includes(block));
  if (added.length === 0) {
    return holds(check, about, () => ({ message: `${which}: called from ${next.join(', ')} as before`, evidence }));
  }
  const before = old.length === 0 ? '' : ` instead of ${old.join(', ')}`;
  return {
    verdict: 'fail',
    severity: 'warning',
    ...about,
    message: `${which} will be called from ${added.join(', ')}${before}`,
    evidence,
    remedy: `Let ${added.join(', ')} in at ${which} before the move, where a list is kept there${old.length === 0 ? '' : `, and keep ${old.join(', ')} until the old way has drained`}.`,
  };
}

function changeOf(old: readonly string[], next: readonly string[]) {
  return [
    ...old.map((text) => ({ kind: 'old source', id: text, text })),
    ...next.map((text) => ({ kind: 'new source', id: text, text })),
  ];
}
