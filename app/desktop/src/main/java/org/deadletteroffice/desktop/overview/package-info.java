/// Where dead letters are, how many, since when and how fast.
@NullMarked
package org.deadletteroffice.desktop.overview;

import org.jspecify.annotations.NullMarked;
