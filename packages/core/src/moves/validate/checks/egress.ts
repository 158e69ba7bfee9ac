import { fail, pass, undecided, unknown, type Say, missingEvidence } from '../../../do/findings/say.js';
import { thing } from '../../../do/findings/subject.js';
import { aboutGateway, type MigrationInput, migrationCheck } from '../migration.js';
import { sourceOf } from '../../../check/path/sources/link-source.js';
import { useEvidence } from '../../../do/world/uses/use-texts.js';
import { publicEgressOf } from '../exit-networks.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  SOURCE_NOT_READ: unknown('calls come from the same CIDR blocks as before', 'warning'),
  SAME_SOURCE: pass('calls come from the same CIDR blocks as before'),
  NEW_SOURCE: fail(
    'calls to {backendsCount} {backendsCount?backend:backends} will come from {next}[if hasOld: ; new: {added}]',
    'Add these CIDR blocks to every allowlist that the cloud does not know (see the impact table). Keep the old blocks until calls through the old link have drained.',
  ),
  PUBLIC_SOURCE_NOT_READ: undecided('{message}', '{remedy}', 'warning'),
  SAME_PUBLIC_SOURCE: pass('calls to {names} come from {next}, as before'),
  NEW_PUBLIC_SOURCE: fail(
    'calls to {names} will come from {added}[ instead of {old}]',
    'Add {added} before the move to any allowlist of {names}.[ Keep {old} there until calls through the old link have drained.]',
    'warning',
  ),
};

export const migrateEgress = migrationCheck({
  id: 'migrate/egress',
  severity: 'note',
  title: 'Calls to backends come from the same addresses as before',
  about:
    'After a move, calls to backends come from the addresses of the new link. `path/*` reports whether the allowlists that the cloud knows allow these addresses. ' +
    'Other allowlists (host firewalls, data centers) need the CIDR blocks of the impact table. Both links call backends while DNS drains, so keep the old entries. ' +
    'Backends on the public internet are called from another address, the public address of the instance. An allowlist there must contain the new address. ' +
    'That is a warning, because Postern cannot read such a list.',
  codes: CODES,
  *run(input, say) {
    yield* inside(say, input);
    if (input.open.length > 0) yield outside(say, input);
  },
});

function* inside(say: Say<typeof CODES>, { gateway, from, to, backends }: MigrationInput): Generator<Outcome> {
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
    yield say.SOURCE_NOT_READ(about, {}, missing, evidence);
    return;
  }

  if (added.length === 0) yield say.SAME_SOURCE(about, {}, evidence);
  else {
    const counts = { addedCount: added.length, nextCount: next.length };
    yield say.NEW_SOURCE(
      about,
      { backendsCount: backends.length, next, ...counts, added },
      { evidence, words: { hasOld: added.length !== next.length } },
    );
  }
}

function outside(say: Say<typeof CODES>, { gateway, from, to, open }: MigrationInput): Outcome {
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
    return say.PUBLIC_SOURCE_NOT_READ(about, { message, remedy: fact.remedy }, undefined, [
      ...evidence,
      missingEvidence(fact),
    ]);
  }

  const added = next.filter((block) => !old.includes(block));
  const called = { names, openCount: open.length, namesCount: names.length, more: open.length - names.length };
  const said = { evidence, words: { names: which } };
  return added.length === 0
    ? say.SAME_PUBLIC_SOURCE(about, { ...called, next }, said)
    : say.NEW_PUBLIC_SOURCE(about, { ...called, added, oldCount: old.length, old }, said);
}

function changeOf(old: readonly string[], next: readonly string[]) {
  return [
    ...old.map((text) => ({ kind: 'old source', id: text, text })),
    ...next.map((text) => ({ kind: 'new source', id: text, text })),
  ];
}
