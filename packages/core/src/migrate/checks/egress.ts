import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { migrateEgressWords } from './words/egress.words.js';
import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { missingEvidence } from '../../findings/missing.js';
import { sourceOf } from '../../network/sources/link-source.js';
import type { MigrationInput } from '../migration-input.js';
import { useEvidence } from '../../world/uses/gateway-uses.js';
import { publicEgressOf } from '../public-egress.js';

const { holds, unsure } = stating<(typeof migrateEgressWords)['says']>();

/** `migrate/egress`. */
export const migrateEgress: Judgement<MigrationInput> = {
  id: 'migrate/egress',
  severity: 'note',
  *run(input) {
    yield* inside(input);
    if (input.open.length > 0) yield outside(input);
  },
};

function* inside({ check, gateway, from, to, backends }: MigrationInput): Generator<Statement> {
  if (backends.length === 0) return;
  const about = aboutGateway(gateway);
  const source = sourceOf(to);
  const next = source.blocks.map(({ text }) => text);
  const old = from === undefined ? [] : sourceOf(from).blocks.map(({ text }) => text);
  const added = next.filter((text) => !old.includes(text));
  const evidence = changeOf(old, next);
  if (next.length === 0) {
    const what = `the CIDR blocks that ${to.link?.id ?? to.name} calls from`;
    const missing = source.missing ?? { what, remedy: 'Take the snapshot again with `postern snapshot`.' };
    // Calls whose result cannot be determined stop the move. The path checks report that.
    yield unsure(about, 'SOURCE_NOT_READ', {}, missing, { evidence, severity: 'warning' });
    return;
  }
  if (added.length === 0) {
    yield holds(check, about, 'SAME_SOURCE', () => ({ params: {}, evidence }));
    return;
  }
  yield {
    verdict: 'fail',
    ...about,
    evidence,
    code: 'NEW_SOURCE',
    params: { backendsCount: backends.length, next, addedCount: added.length, nextCount: next.length, added },
  };
}

function outside({ check, gateway, from, to, open }: MigrationInput): Statement {
  const about = aboutGateway(gateway, thing('backends', 'open', 'backends on the public internet'));
  const [old, next] = [publicEgressOf(from), publicEgressOf(to)];
  const names = open.slice(0, 3).map(({ name }) => name);
  const which = `${names.join(', ')}${open.length > names.length ? ` and ${open.length - names.length} more` : ''}`;
  const evidence = [...changeOf(old, next), ...useEvidence(open.flatMap(({ uses }) => uses))];
  const id = to.link?.id ?? to.name;
  if (next.length === 0) {
    const fact = {
      what: `the public egress address of ${id} (InternetEgressAddress)`,
      remedy: `Look up the public egress address of ${id} in the console, and add it to any allowlist of ${which}.`,
    };
    const message = `cannot determine from which address ${which} will be called: ${id} does not report it`;
    return {
      verdict: 'unknown',
      severity: 'warning',
      ...about,
      evidence: [...evidence, missingEvidence(fact)],
      code: 'PUBLIC_SOURCE_NOT_READ',
      params: { message, remedy: fact.remedy },
    };
  }
  const added = next.filter((block) => !old.includes(block));
  if (added.length === 0) {
    return holds(check, about, 'SAME_PUBLIC_SOURCE', () => ({
      params: { names, openCount: open.length, namesCount: names.length, more: open.length - names.length, next },
      evidence,
    }));
  }
  return {
    verdict: 'fail',
    severity: 'warning',
    ...about,
    evidence,
    code: 'NEW_PUBLIC_SOURCE',
    params: {
      names,
      openCount: open.length,
      namesCount: names.length,
      more: open.length - names.length,
      added,
      oldCount: old.length,
      old,
    },
  };
}

function changeOf(old: readonly string[], next: readonly string[]) {
  return [
    ...old.map((text) => ({ kind: 'old source', id: text, text })),
    ...next.map((text) => ({ kind: 'new source', id: text, text })),
  ];
}
