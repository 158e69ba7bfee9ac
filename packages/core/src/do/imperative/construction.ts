import { journalForm, type OpenMovesIn } from '../apply/journal.js';
import { contextOptions } from '../context.js';
import { list, optional, strict } from '../forms/form.js';
import { SPEC_ID_RULE } from '../forms/text-rules.js';
import { callback, name, ruled, withFunctions } from '../forms/values.js';
import { driverForm } from '../input/argument-forms.js';
import type { Judge } from '../plan/judge.js';
import type { PrivateIntegrationsOptions } from './call-options.js';

const { signal: _ofEachCall, ...ofContext } = contextOptions;

export const construction = strict<PrivateIntegrationsOptions>()({
  project: name,
  spec: optional(ruled(SPEC_ID_RULE)),
  others: optional(list(driverForm)),
  journal: optional(journalForm),
  judge: optional(withFunctions<Judge>('the judge of @postern/core/check', 'check')),
  openMovesIn: optional(callback<OpenMovesIn>()),
  ...ofContext,
});
