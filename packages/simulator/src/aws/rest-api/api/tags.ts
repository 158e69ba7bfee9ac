import { tagCheck } from '../../api-gateway/tag-rules.js';

/**
 * Refuses tags that no resource may have.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 */
export const checkTags = tagCheck(256);
