import type { TypesOf } from '@postern/core/internal/kinds';
import type { vpcLinks } from '../vpc-links/door/keys.js';
import type { AWS_TARGETS } from './keys.js';
import type { AWS_TRAITS } from './traits.js';

/** What the compiler knows of specs and requests on AWS. */
export interface AwsTypes extends TypesOf<
  typeof AWS_TRAITS & { readonly targets: typeof AWS_TARGETS; readonly keys: { readonly link: typeof vpcLinks.keys } }
> {}
