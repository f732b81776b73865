// What the host needs of the page: the protocol and the frame. The page itself is a bundle of its own (main.tsx).
export type { Destination, HostMessage, PageMessage, ShowMessage, ShownSource, Subject } from './protocol.js';
export { MalformedMessage, parseHostMessage, parsePageMessage } from './messages.js';
export { timelineHtml, type TimelinePage } from './html.js';
