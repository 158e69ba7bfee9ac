import type { GivenTag } from '../vpc/request/tags.js';

/** Which resources the actions on tags mean. SLB has no package on npm: our own types. */
export interface TaggedInput {
  readonly ResourceType: string;
  readonly ResourceId: readonly string[];
}

/** The parameters of TagResources. */
export interface TagInput extends TaggedInput {
  readonly Tag: readonly GivenTag[];
}
