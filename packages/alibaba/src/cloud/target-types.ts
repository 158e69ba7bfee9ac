import type { TypesOf } from '@postern/core/internal/kinds';
import type { ALIBABA_TARGETS } from './keys.js';

/** How a spec names a backend. Of the targets alone, because the traits of products follow from files that name it. */
export type AlibabaTarget = TypesOf<{
  readonly name: 'alibaba';
  readonly links: object;
  readonly gateways: object;
  readonly targets: typeof ALIBABA_TARGETS;
}>['target'];
