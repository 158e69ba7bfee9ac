import { neededText, texts } from '../network/parameters.js';
import type { GivenTag } from '../network/tags.js';
import type { Parameter } from '../operation.js';

/** Which resources the actions on tags mean. SLB has no package on npm: our own types. */
export interface TaggedInput {
  readonly ResourceType: string;
  readonly ResourceId: readonly string[];
}
export interface TagInput extends TaggedInput {
  readonly Tag: readonly GivenTag[];
}

export const TAGGED: Readonly<Record<string, Parameter>> = {
  ResourceType: neededText,
  ResourceId: { ...texts, required: true, length: [1, 20] },
};
