import { promises } from 'node:fs';
import path from 'node:path';
import { InvalidInputError } from '@postern/core';
import type { MovePlan } from '@postern/core/moves';
import { displayText } from '@postern/core/report';
import type { EditedSpec } from '@postern/core/spec';
import { note, printLines } from '../output/print.js';
import type { Io } from '../process/io.js';
import { readFile } from '../process/read-file.js';
import { cloudsOf } from '../spec/brought-clouds.js';
import { findSpec } from '../spec/load-spec.js';

/** The edit of a spec after a move. It is computed before the move is finished, and written after that. */
export interface SpecEdit extends EditedSpec {
  /** As the user named it. */
  readonly file: string;
  readonly write: () => Promise<void>;
}

/**
 * The edit of the named spec, or of the one of this folder.
 * @throws {InvalidInputError} `FILE_UNREADABLE` without a spec; `INVALID_INPUT` for one that is a program; `INVALID_YAML`
 */
export async function specEdit(io: Io, named: string | undefined, plan: MovePlan): Promise<SpecEdit> {
  const file = named ?? (await findSpec(io));
  if (file === undefined) {
    throw new InvalidInputError('FILE_UNREADABLE', '--write: this folder has no spec', {
      remedy: 'Name the spec with --spec, or leave --write out.',
    });
  }
  if (/\.[cm]?[jt]s$/.test(file)) {
    throw new InvalidInputError('INVALID_INPUT', `--write: ${file} is a program`, {
      remedy: 'Edit it by hand: finish prints what to edit.',
    });
  }
  if (file === '-') {
    throw new InvalidInputError('INVALID_INPUT', '--write: standard input cannot be edited', {
      remedy: 'Name the file of the spec with --spec, or leave --write out.',
    });
  }
  const { withMovedLinks } = await import('@postern/core/spec');
  const full = path.resolve(io.cwd, file);
  const source = await readFile(io, file);
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
  return {
    ...edited,
    file,
    write: async () => {
      if (edited.changes.length === 0) return;
      const { writeTextFile } = await import('@postern/core/node');
      const { mode } = await promises.stat(full);
      await writeTextFile(full, edited.text, { mode: mode & 0o777 });
    },
  };
}

/** Writes the spec, and says what was changed. */
export async function writeSpec(io: Io, { file, changes, left, write }: SpecEdit, json: boolean): Promise<void> {
  await write();
  const what = changes.length === 0 ? `${file} names no link that moved: nothing was changed.` : `Edited ${file}:`;
  const lines = [what, ...changes.map((text) => `  ${text}`)].map((text) => displayText(text));
  if (json) for (const text of lines) note(io, text);
  else printLines(io, ...lines);
  for (const text of left) note(io, text);
}
