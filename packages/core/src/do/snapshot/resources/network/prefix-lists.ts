import { optional, strict } from '../../../forms/form.js';
import { set } from '../../../forms/lists.js';
import { block, count, optionalText, raw, text } from '../../../forms/resource-values.js';
import type { PrefixList } from '../../../model/routing.js';
import { resource } from '../resource.js';

/** See {@link PrefixList}. */
export const prefixLists = resource(
  strict<PrefixList>()({
    id: text,
    name: optionalText,
    cidrBlocks: optional(set(block)),
    maxEntries: optional(count),
    account: optionalText,
    raw,
  }),
  { key: 'id', noun: 'prefix list', diffOrder: 7 },
);
