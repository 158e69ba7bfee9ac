import { counted } from '../../../ground/text/counted.js';
import { thing } from '../../../do/findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { missingEvidence } from '../../../do/findings/missing.js';
import { sourceOf } from '../../../check/path/sources/link-source.js';
import type { MigrationInput } from '../migration-input.js';
import { useEvidence } from '../../../do/world/uses/gateway-uses.js';
import { publicEgressOf } from '../public-egress.js';
import { migrationCheck } from '../migration-check.js';
import type { Say } from '../../../do/findings/say-text.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `migrate/egress`. */
export const migrateEgress = migrationCheck({
  id: 'migrate/egress',
  severity: 'note',
  title: 'Calls to backends come from the same addresses as before',
  about:
    'After a move, calls to backends come from the addresses of the new link. `path/*` reports whether the allowlists that the cloud knows allow these addresses. ' +
    'Other allowlists (host firewalls, data centers) need the CIDR blocks of the impact table. Both links call backends while DNS drains, so keep the old entries. ' +
    'Backends on the public internet are called from another address, the public address of the instance. An allowlist there must contain the new address. ' +
    'That is a warning, because Postern cannot read such a list.',
  codes: [
    'SOURCE_NOT_READ',
    'SAME_SOURCE',
    'NEW_SOURCE',
    'PUBLIC_SOURCE_NOT_READ',
    'SAME_PUBLIC_SOURCE',
    'NEW_PUBLIC_SOURCE',
  ],
  *run(input, say) {
    yield* inside(say, input);
    if (input.open.length > 0) yield outside(say, input);
  },
});

function* inside(say: Say, { gateway, from, to, backends }: MigrationInput): Generator<Outcome> {
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
    yield say.unknown(about, 'SOURCE_NOT_READ', {}, missing, () => ({
      whether: 'calls come from the same CIDR blocks as before',
      evidence,
      severity: 'warning',
    }));
    return;
  }
  if (added.length === 0) {
    yield say.pass(
      about,
      'SAME_SOURCE',
      () => ({}),
      () => ({ message: 'calls come from the same CIDR blocks as before', evidence }),
    );
    return;
  }
  yield say.fail(
    about,
    'NEW_SOURCE',
    { backendsCount: backends.length, next, addedCount: added.length, nextCount: next.length, added },
    (p) => ({
      message: `calls to ${counted(p.backendsCount, 'backend')} will come from ${p.next.join(', ')}${p.addedCount === p.nextCount ? '' : `; new: ${p.added.join(', ')}`}`,
      remedy:
        'Add these CIDR blocks to every allowlist that the cloud does not know (see the impact table). Keep the old blocks until calls through the old link have drained.',
      evidence,
    }),
  );
}

function outside(say: Say, { gateway, from, to, open }: MigrationInput): Outcome {
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
    return say.unknown(about, 'PUBLIC_SOURCE_NOT_READ', { message, remedy: fact.remedy }, undefined, (p) => ({
      ...p,
      severity: 'warning',
      evidence: [...evidence, missingEvidence(fact)],
    }));
  }
  const added = next.filter((block) => !old.includes(block));
  if (added.length === 0) {
    return say.pass(
      about,
      'SAME_PUBLIC_SOURCE',
      () => ({ names, openCount: open.length, namesCount: names.length, more: open.length - names.length, next }),
      (p) => ({
        message: `calls to ${p.names.join(', ')}${p.openCount > p.namesCount ? ` and ${p.more} more` : ''} come from ${p.next.join(', ')}, as before`,
        evidence,
      }),
    );
  }
  return say.fail(
    about,
    'NEW_PUBLIC_SOURCE',
    {
      names,
      openCount: open.length,
      namesCount: names.length,
      more: open.length - names.length,
      added,
      oldCount: old.length,
      old,
    },
    (p) => ({
      message: `calls to ${p.names.join(', ')}${p.openCount > p.namesCount ? ` and ${p.more} more` : ''} will come from ${p.added.join(', ')}${p.oldCount === 0 ? '' : ` instead of ${p.old.join(', ')}`}`,
      remedy: `Add ${p.added.join(', ')} before the move to any allowlist of ${p.names.join(', ')}${p.openCount > p.namesCount ? ` and ${p.more} more` : ''}.${p.oldCount === 0 ? '' : ` Keep ${p.old.join(', ')} there until calls through the old link have drained.`}`,
      severity: 'warning',
      evidence,
    }),
  );
}

function changeOf(old: readonly string[], next: readonly string[]) {
  return [
    ...old.map((text) => ({ kind: 'old source', id: text, text })),
    ...next.map((text) => ({ kind: 'new source', id: text, text })),
  ];
}
