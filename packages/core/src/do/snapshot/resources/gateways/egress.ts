import { oneOf, optional, strict } from '../../../forms/form.js';
import { set, sorted } from '../../../forms/lists.js';
import { strings, text } from '../../../forms/resource-values.js';
import type { Egress, SeenBy } from '../../../model/egress.js';
import { resource } from '../resource.js';

/** See {@link Egress}. */
export const egress = resource(
  strict<Egress>()({
    linkId: text,
    addresses: set(text),
    prefixes: set(text),
    securityGroupIds: set(text),
    stability: oneOf('momentary', 'stable'),
    confidence: optional(oneOf('certain', 'candidate')),
    prefixNotes: optional(strings),
    seenBy: sorted(strict<SeenBy>()({ target: text, source: oneOf('link', 'load-balancer'), because: text }), [
      'target',
      'source',
      'because',
    ]),
  }),
  {
    always: true,
    key: 'linkId',
    noun: 'egress of link',
    nouns: 'egress of links',
    unread: { one: 'the addresses of link', all: 'addresses of links' },
    diffOrder: 22,
    holds: 'scope',
    wholeWithGateways: true,
  },
);
