import { expect, test } from "vitest";
import { stylesOfPage } from "./styles-of-page.ts";

const html = '<main class="screen desk"><p class="note"></p></main>';

test.each([
  ["rules without a class stay", "body{margin:0}*,:before{color:red}", "body{margin:0}*,:before{color:red}"],
  ["a class that is there stays, one that is not goes", ".note{a:b}.other{a:b}", ".note{a:b}"],
  ["all classes of a selector must be there", ".desk .other{a:b}.screen>.note{a:b}", ".screen>.note{a:b}"],
  ["one selector of a list is enough", ".other,.note{a:b}", ".other,.note{a:b}"],
  ["what may not be there does not count", ".note:not(.other,.more){a:b}", ".note:not(.other,.more){a:b}"],
  ["one of several is enough", ":where(.other,.note) p{a:b}", ":where(.other,.note) p{a:b}"],
  ["conditions stay around what is kept", "@media print{.other{a:b}.note{a:b}}", "@media print{.note{a:b}}"],
  ["empty conditions go", "@media print{.other{a:b}}p{a:b}", "p{a:b}"],
  ["layers keep their order", "@layer a,b;@layer a{.other{a:b}}", "@layer a,b;@layer a{}"],
  ["animations stay whole", "@keyframes x{from{a:b}to{a:c}}", "@keyframes x{from{a:b}to{a:c}}"],
  ["braces in words are no blocks", '.note:after{content:"}{"}.other{a:b}', '.note:after{content:"}{"}'],
])("%s", (_name, css, kept) => {
  expect(stylesOfPage(css, html)).toBe(kept);
});
