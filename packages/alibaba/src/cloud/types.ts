import type { TypesOf } from '@postern/core/internal/kinds';
import type { ALIBABA_LINK_KEYS, ALIBABA_TARGETS } from './keys.js';
import type { ALIBABA_TRAITS } from './traits.js';

/** What the compiler knows of specs and requests on Alibaba Cloud. */
export interface AlibabaTypes extends TypesOf<
  typeof ALIBABA_TRAITS & {
    readonly targets: typeof ALIBABA_TARGETS;
    readonly keys: { readonly link: typeof ALIBABA_LINK_KEYS };
  }
> {}
