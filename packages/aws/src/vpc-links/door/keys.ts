import { AWS_LINK_KEYS } from '../cloud/keys.js';
import { VPC_LINK_TRAITS } from '../cloud/traits.js';

/** How a spec declares a VPC link, and how one behaves: data, which the types of specs are made of. */
export const vpcLinks = { keys: AWS_LINK_KEYS, traits: VPC_LINK_TRAITS } as const;
