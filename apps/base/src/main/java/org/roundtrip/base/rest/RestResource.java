/*
 * Copyright 2026 The Roundtrip Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.roundtrip.base.rest;

import org.onlab.rest.BaseResource;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.json.Json;

import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A resource that answers in our JSON.
 */
public abstract class RestResource extends BaseResource {

    /**
     * Answers with a value.
     *
     * @param value the value
     * @return 200 with the value
     */
    protected static Response answer(Object value) {
        return answer(Response.Status.OK, value);
    }

    /**
     * Answers with a value and a status.
     *
     * @param status the status
     * @param value  the value
     * @return the status with the value
     */
    protected static Response answer(Response.Status status, Object value) {
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(text(value)).build();
    }

    /**
     * Answers with a value that is new.
     *
     * @param value   the value
     * @param address where it is from now on
     * @return 201 with the value and its address
     */
    protected static Response created(Object value, URI address) {
        return Response.fromResponse(answer(Response.Status.CREATED, value)).location(address).build();
    }

    /**
     * Refuses a body that calls something by another name than the address does.
     *
     * @param address the name in the address
     * @param body    the name in the body
     * @throws InvalidRequestException if they differ
     */
    protected static void requireSameName(String address, String body) {
        if (!body.equals(address)) {
            throw new InvalidRequestException("name", "'" + body + "' is not the name in the address, '" + address
                    + "': make them equal");
        }
    }

    /** A text ends with a line end, which a terminal needs before the next prompt. */
    static String text(Object value) {
        return Json.writePretty(value) + "\n";
    }

    /**
     * Answers with the entries of a YANG list.
     *
     * @param list    the name of the list
     * @param entries its entries
     * @return 200 with an object that has the list as its only member
     */
    protected static Response answerList(String list, List<?> entries) {
        return answer(Map.of(list, entries));
    }

    /**
     * Answers with a page of a YANG list.
     *
     * @param list the name of the list
     * @param page the page
     * @param uri  the address with its query
     * @return 200 with an object that has the list as its only member; if entries follow that are not on the page, with
     *         the address of the next page as a link (RFC 8288)
     */
    protected static Response answerPage(String list, Page<?> page, UriInfo uri) {
        Response.ResponseBuilder answer = Response.fromResponse(answerList(list, page.entries()));
        page.next().ifPresent(last -> answer.link(
                uri.getRequestUriBuilder().replaceQueryParam("after", last).build(), "next"));
        return answer.build();
    }

    /**
     * Reads the query of an address.
     *
     * @param uri  the address
     * @param type what its parameters say
     * @param <T>  what its parameters say
     * @return the value
     * @throws RequestException if a parameter is unknown, repeated or not valid
     */
    protected static <T> T query(UriInfo uri, Class<T> type) {
        return Json.read(Json.write(uri.getQueryParameters().entrySet().stream().collect(Collectors.toMap(
                Map.Entry::getKey, parameter -> single(parameter.getValue())))), type);
    }

    private static Object single(List<String> values) {
        return values.size() == 1 ? values.get(0) : values;
    }
}
