import { promises } from 'node:fs';
import path from 'node:path';
import { InvalidInputError } from '@postern/core/internal/library';
import { isShift, shiftedSpec, type MovePlan } from '@postern/core/internal/moves';
import { observeSpec } from '@postern/core/internal/plan';
import type { ShiftCaptured } from '@postern/core/internal/adapter';
import { displayText } from '@postern/core/internal/report';
import type { EditedSpec } from '@postern/core/internal/spec';
import type { CommonOptions } from '../invocation.js';
import { note, printLines } from '../output/print.js';
import type { Io } from '../process/io.js';
import { readFile } from '../process/read-file.js';
import { cloudsOf } from '../spec/brought-clouds.js';
import { openSession } from '../session/open-session.js';
import { findSpec, loadSpec } from '../spec/load-spec.js';

/** The edit of a spec after a move. It is computed before the move is finished, and written after that. */
export interface SpecEdit extends EditedSpec {
  /** As the user named it. */
  readonly file: string;
  readonly write: () => Promise<void>;
}

/**
 * The edit of the named spec after a move, or of the one of this folder.
 * @throws {InvalidInputError} as `sourceOf` does; `INVALID_YAML`
 */
export async function specEdit(io: Io, named: string | undefined, plan: MovePlan): Promise<SpecEdit> {
  const { withMovedLinks } = await import('@postern/core/internal/spec');
  const { file, source } = await sourceOf(io, named);
  const { from, to, units, request } = plan;
  const edited = withMovedLinks(
    source,
    {
      from,
      to,
      moved: units.map(({ unit: { gateway, routes, stage } }) => ({ gateway: gateway.id, routes, stage })),
      balancer: 'targetBalancer' in request ? request.targetBalancer : undefined,
    },
    { clouds: await cloudsOf(io), file },
  );
  return edit(io, file, edited);
}

/**
 * The edit of the named spec after a shift, or of the one of this folder: its target has the values of the new one, as the clouds show
 * it. A spec names listeners and stages, and not what these give the calls to: nothing of it is edited then.
 * @throws {InvalidInputError} as `sourceOf` does; `INVALID_YAML`. {PosternError} what cannot be observed
 */
export async function shiftEdit(
  io: Io,
  options: CommonOptions & { readonly spec?: string | undefined; readonly profile?: string | undefined },
  { request, captured = {} }: MovePlan,
): Promise<SpecEdit> {
  const { file, source } = await sourceOf(io, options.spec);
  const [first] = Object.values(captured) as readonly unknown[] as readonly ShiftCaptured[];
  if (!isShift(request) || first?.kind !== 'service') return edit(io, file, { text: source, changes: [], left: [] });

  const { withShiftedTarget, writtenTarget } = await import('@postern/core/internal/spec');
  const { spec: whole, clouds } = await loadSpec(file, io);
  const spec = shiftedSpec(whole, request.name);
  const session = await openSession(io, { ...options, spec });
  const { regions } = await observeSpec(spec, session.drivers, session.context, { checks: true });
  const [target] = regions.flatMap((region) => {
    return writtenTarget(region, first.to.id, clouds.named(region.provider)?.targets ?? {}) ?? [];
  });
  const { id, name } = first.to;
  const byHand = `integrations.${request.name}: a spec cannot name the new target ${name} (${id}). Edit it by hand.`;
  return edit(
    io,
    file,
    target === undefined
      ? { text: source, changes: [], left: [byHand] }
      : withShiftedTarget(source, { name: request.name, target: JSON.parse(JSON.stringify(target)) }, { file }),
  );
}

/**
 * The text of the named spec, or of the one of this folder.
 * @throws {InvalidInputError} `FILE_UNREADABLE` without a spec; `INVALID_INPUT` for one that is a program
 */
async function sourceOf(
  io: Io,
  named: string | undefined,
): Promise<{ readonly file: string; readonly source: string }> {
  const file = named ?? (await findSpec(io));
  if (file === undefined) {
    throw new InvalidInputError('FILE_UNREADABLE', '--write: this folder has no spec', {
      remedy: 'Name the spec with --spec, or leave --write out.',
    });
  }
  if (/\.[cm]?[jt]s$/.test(file)) {
    throw new InvalidInputError('INVALID_INPUT', `--write: ${file} is a program`, {
      remedy: 'Edit it by hand: without --write the command prints what to edit.',
    });
  }
  if (file === '-') {
    throw new InvalidInputError('INVALID_INPUT', '--write: standard input cannot be edited', {
      remedy: 'Name the file of the spec with --spec, or leave --write out.',
    });
  }

  return { file, source: await readFile(io, file) };
}

function edit(io: Io, file: string, edited: EditedSpec): SpecEdit {
  const full = path.resolve(io.cwd, file);
  return {
    ...edited,
    file,
    write: async () => {
      if (edited.changes.length === 0) return;

      const { writeTextFile } = await import('@postern/core/internal/node');
      const { mode } = await promises.stat(full);
      await writeTextFile(full, edited.text, { mode: mode & 0o777 });
    },
  };
}

/** Writes the spec, and says what was changed. */
export async function writeSpec(io: Io, { file, changes, left, write }: SpecEdit, json: boolean): Promise<void> {
  await write();
  const what = changes.length === 0 ? `${file} names nothing that moved: nothing was changed.` : `Edited ${file}:`;
  const lines = [what, ...changes.map((text) => `  ${text}`)].map((text) => displayText(text));
  if (json) for (const text of lines) note(io, text);
  else printLines(io, ...lines);
  for (const text of left) note(io, text);
}
