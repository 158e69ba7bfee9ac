export { conflicts } from '../../cidr/conflicts.js';
export { contains } from '../../cidr/contains.js';
export { free } from '../../cidr/blocks.js';
export { merge, subtract } from '../../cidr/blocks.js';
