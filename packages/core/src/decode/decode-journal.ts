import * as z from 'zod';
import type { JournalRecord } from '../do/apply/journal.js';
import { InvalidInputError } from '../ground/errors.js';
import { badForm, type DecodeOptions } from './decode.js';
import { count, json, moment, optionalText, strict, text } from './fields.js';
import { readJournalText } from './journal-lines.js';
import { MAX_FILE_LENGTH } from './parse-json.js';

const recordSchema = strict<JournalRecord>()({
  type: z.enum(['run', 'before', 'after', 'failed', 'end']),
  at: moment,
  run: text,
  unit: optionalText,
  step: optionalText,
  part: optionalText,
  value: json.optional(),
  durationMs: count.optional(),
  calls: z.record(text, count).optional(),
  carried: z.literal(true).optional(),
});

/** The schema of a journal's records. */
const recordsSchema = z.array(recordSchema);

/** A journal's records, and what was skipped, as text. */
export interface DecodedJournal {
  readonly records: readonly JournalRecord[];
  readonly notes: readonly string[];
}

/**
 * Reads the text of a journal file, as `fileJournal` of `@postern/core/node` writes it. The journal is a hint
 * only: changes and deletions depend on the state of the cloud.
 * @throws {PosternError} `JOURNAL_BROKEN` with the line; `UNSUPPORTED_VERSION`; `INVALID_INPUT` for another
 *   file, or an invalid record; `INPUT_TOO_LARGE` over 64 Mi characters.
 */
export function decodeJournal(source: string, { file }: DecodeOptions = {}): DecodedJournal {
  if (source.length > MAX_FILE_LENGTH) {
    throw new InvalidInputError('INPUT_TOO_LARGE', `journal: ${source.length} characters`, { place: { file } });
  }
  const { records, notes } = readJournalText(source, file);
  const result = recordsSchema.safeParse(records);
  if (!result.success) throw badForm('journal', result.error, file);
  return { records: result.data, notes };
}
