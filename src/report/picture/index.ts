export { formatPicture } from './picture.js';
export type { PictureSubject } from './story.js';
