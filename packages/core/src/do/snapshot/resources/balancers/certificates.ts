import { oneOf, optional, strict } from '../../../forms/form.js';
import { head } from '../../../forms/lists.js';
import { optionalFlag, optionalText, raw, text } from '../../../forms/resource-values.js';
import type { Certificate } from '../../../model/load-balancer.js';
import { resource } from '../resource.js';

/** See {@link Certificate}. */
export const certificates = resource(
  strict<Certificate>()({
    id: text,
    names: head(text),
    notAfter: optionalText,
    valid: optionalFlag,
    nativeState: optionalText,
    issuer: optional(oneOf('public', 'private', 'imported')),
    raw,
  }),
  { key: 'id', noun: 'certificate', diffOrder: 19, holds: 'scope' },
);
